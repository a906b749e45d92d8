// SPDX-License-Identifier: Apache-2.0
#include "kiosk/first.h"

#include <stdio.h>
#include <string.h>

#define BEGIN "https://"
#define PATH "/enrol#"

char
first_key(size_t row, size_t column)
{
	static const char *const rows[FIRST_ROWS] = { "1234567890",
		"qwertyuiop-", "asdfghjkl.:", "zxcvbnm/#" };

	if (row >= FIRST_ROWS || column >= strlen(rows[row]))
		return 0;
	return rows[row][column];
}

static bool
is(const char *widget, const char *name)
{
	return strcmp(widget, name) == 0;
}

static enum first_want
turn(struct first *f, enum enrol_step step)
{
	f->step = step;
	return FIRST_TURN;
}

/* Nothing of it was of any use. */
static enum first_want
give_up(struct first *f, enum first_want want)
{
	explicit_bzero(f, sizeof(*f));
	f->step = ENROL_STEP_ADDRESS;
	return want;
}

static enum first_want
use_address(struct first *f, const char *widget)
{
	if (is(widget, "type")) {
		f->source = FIRST_TYPED;
		memcpy(f->typed, BEGIN, sizeof(BEGIN));
		return turn(f, ENROL_STEP_TYPE);
	}
	if (!is(widget, "tag"))
		return FIRST_IGNORE;
	f->source = FIRST_TAG;
	f->step = ENROL_STEP_TAG;
	return FIRST_READ;
}

static void
append(struct first *f, const char *what)
{
	size_t n = strlen(f->typed);
	bool capital = strchr(f->typed, '#') != NULL;

	for (; *what != 0 && n < ENROL_ADDRESS_MAX; what++)
		f->typed[n++] = capital && *what >= 'a' && *what <= 'z' ?
		    (char)(*what - 'a' + 'A') : *what;
	f->typed[n] = 0;
}

static enum first_want
use_key(struct first *f, const char *widget)
{
	size_t n = strlen(f->typed);
	unsigned row, column;
	char rest, key[2] = "";

	if (is(widget, "key:path"))
		append(f, PATH);
	else if (is(widget, "key:erase") && n > 0)
		f->typed[n - 1] = 0;
	else if (sscanf(widget, "key:%1u.%2u%c", &row, &column, &rest) == 2 &&
	    (key[0] = first_key(row, column)) != 0)
		append(f, key);
	else
		return FIRST_IGNORE;
	return FIRST_STAY;
}

static enum first_want
use_typed(struct first *f, const char *widget)
{
	if (is(widget, "cancel"))
		return give_up(f, FIRST_TURN);
	if (!is(widget, "take"))
		return use_key(f, widget);
	memcpy(f->address, f->typed, sizeof(f->address));
	f->step = ENROL_STEP_WAIT;
	return FIRST_TRY;
}

static enum first_want
use_confirm(struct first *f, const char *widget)
{
	if (is(widget, "cancel"))
		return give_up(f, FIRST_STOP);
	if (!is(widget, "confirm"))
		return FIRST_IGNORE;
	f->step = ENROL_STEP_GOING;
	return FIRST_CONFIRM;
}

/* The address itself is wrong. */
static bool
is_of_address(enum enrol_why why)
{
	return why == WHY_NO_ADDRESS || why == WHY_NOT_HTTPS ||
	    why == WHY_UNKNOWN || why == WHY_OTHER_HOST;
}

static bool
is_of_tag(enum enrol_why why)
{
	return why == WHY_NO_TAG || why == WHY_OTHER_TAG ||
	    why == WHY_NO_READER;
}

bool
first_may_retry(const struct first *f)
{
	if (is_of_address(f->why))
		return f->source == FIRST_TYPED || f->source == FIRST_TAG;
	return f->why != WHY_FILE && f->why != WHY_LOG_THERE &&
	    f->why != WHY_OTHER_KEYS;
}

void
first_fail(struct first *f, enum enrol_why why)
{
	f->step = ENROL_STEP_FAILED;
	f->why = why;
	/* Else it is tried once more, or typed on. */
	if (is_of_address(why) || !first_may_retry(f))
		explicit_bzero(f->address, sizeof(f->address));
}

static enum first_want
use_failed(struct first *f, const char *widget)
{
	if (is(widget, "done"))
		return give_up(f, FIRST_STOP);
	if (!is(widget, "retry") || !first_may_retry(f))
		return FIRST_IGNORE;
	if (is_of_tag(f->why) ||
	    (is_of_address(f->why) && f->source == FIRST_TAG)) {
		f->step = ENROL_STEP_TAG;
		return FIRST_READ;
	}
	if (is_of_address(f->why))
		return turn(f, ENROL_STEP_TYPE);
	f->step = ENROL_STEP_WAIT;
	return FIRST_TRY;
}

enum first_want
first_use(struct first *f, const char *widget)
{
	switch (f->step) {
	case ENROL_STEP_ADDRESS:
		return use_address(f, widget);
	case ENROL_STEP_TYPE:
		return use_typed(f, widget);
	case ENROL_STEP_TAG:
	case ENROL_STEP_WAIT:
		return is(widget, "cancel") ? give_up(f, FIRST_STOP) :
		    FIRST_IGNORE;
	case ENROL_STEP_CONFIRM:
		return use_confirm(f, widget);
	case ENROL_STEP_GOING:
		return FIRST_IGNORE;
	case ENROL_STEP_FAILED:
		return use_failed(f, widget);
	}
	return FIRST_IGNORE;
}
