// SPDX-License-Identifier: Apache-2.0
/* The commands of the control socket. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/sim/ntag.h"
#include "tools/sim/sim.h"

#define ARGS_MAX 8
#define COUNT_MAX 1000000
#define WAIT_MAX_MS 600000

/* A command being done. */
struct job {
	struct sim *s;
	size_t n;			/* arguments given */
	const char *arg[ARGS_MAX];	/* the rest are "" */
	struct bw_buf *out;
	struct control_waiting *wait;
	bw_err r;			/* of writing the answer */
};

struct command {
	const char *name;	/* one word or two */
	const char *args;	/* as help shows them */
	size_t min, max;	/* arguments; the last takes the rest of it */
	void (*run)(struct job *j);
};

static void BW_PRINTF(2, 3)
say(struct job *j, const char *fmt, ...)
{
	char line[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	if (j->r == BW_OK)
		j->r = bw_buf_put_str(j->out, line);
}

/* A JSON string: paths may hold anything. */
static void
say_string(struct job *j, const char *text)
{
	say(j, "\"");
	for (; *text != 0; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f)
			say(j, "\\u%04x", c);
		else
			say(j, "%c", c);
	}
	say(j, "\"");
}

static bool
number(const char *text, uint64_t max, uint64_t *out)
{
	return text_number(text, strlen(text), max, out) == BW_OK;
}

/* len bytes from hex of either case. */
static bool
hex(const char *text, uint8_t *out, size_t len)
{
	char lower[64];

	if (strlen(text) != 2 * len || 2 * len >= sizeof(lower))
		return false;
	for (size_t i = 0; i <= 2 * len; i++)
		lower[i] = (char)tolower((unsigned char)text[i]);
	return text_unhex(lower, out, len) == BW_OK;
}

/* The tag that the first argument names; answers when there is none. */
static struct tag *
tag_of(struct job *j)
{
	struct tag *t = tags_find(&j->s->tags, j->arg[0]);

	if (t == NULL)
		say(j, "err there is no tag of this name; state lists them");
	return t;
}

/* Put a file into the user memory, the rest of it zero. Answers if it fails. */
static bool
load(struct job *j, struct tag *t, const char *path)
{
	size_t room = (t->kind->user_end - NTAG_USER) * NTAG_PAGE;
	uint8_t *user = t->mem + (size_t)NTAG_USER * NTAG_PAGE;
	struct bw_buf b = BW_BUF_INIT(TAG_MEM_MAX);
	bw_err r;

	if (t->kind->pages == 0) {
		say(j, "err a %s tag has no memory to load", t->kind->name);
		return false;
	}
	r = j->s->files->read(path, &b);
	if (r == BW_OK && b.len > room)
		r = BW_ERR_BOUND;
	if (r == BW_OK) {
		memset(user, 0, room);
		if (b.len > 0)
			memcpy(user, b.ptr, b.len);
	} else if (r == BW_ERR_BOUND) {
		say(j, "err the file is larger than the tag's %zu bytes", room);
	} else {
		say(j, "err cannot read the file: %s", bw_strerror(r));
	}
	bw_buf_free(&b);
	return r == BW_OK;
}

static void
say_kinds(struct job *j)
{
	const char *name;

	say(j, "err the type is one of");
	for (size_t i = 0; (name = tag_kind_name(i)) != NULL; i++)
		say(j, " %s", name);
}

static void
tag_add(struct job *j)
{
	const struct tag_kind *kind = tag_kind_find(j->arg[1]);
	uint8_t uid[TAG_UID_MAX];
	bw_err r;

	if (!text_is_id(j->arg[0], strlen(j->arg[0]))) {
		say(j, "err a name is 1 to 32 of a-z 0-9 . and -");
	} else if (kind == NULL) {
		say_kinds(j);
	} else if (!hex(j->arg[2], uid, kind->uid_len) || uid[0] == 0x88) {
		say(j, "err the UID of a %s tag is %zu hex digits, "
		    "the first two not 88", kind->name, 2 * kind->uid_len);
	} else if ((r = tags_add(&j->s->tags, kind, j->arg[0], uid)) !=
	    BW_OK) {
		say(j, "err cannot add it: %s", r == BW_ERR_EXISTS ?
		    "the name or the UID is taken" : bw_strerror(r));
	} else if (j->n == 4 && !load(j, tag_of(j), j->arg[3])) {
		tags_delete(&j->s->tags, tags_find(&j->s->tags, j->arg[0]));
	} else {
		say(j, "ok");
	}
}

static void
tag_load(struct job *j)
{
	struct tag *t = tag_of(j);

	if (t != NULL && load(j, t, j->arg[1]))
		say(j, "ok");
}

static void
tag_dump(struct job *j)
{
	uint8_t seen[TAG_MEM_MAX];
	struct tag *t = tag_of(j);
	size_t len;
	bw_err r;

	if (t == NULL)
		return;
	if (t->kind->pages == 0) {
		say(j, "err a %s tag has no memory to dump", t->kind->name);
		return;
	}
	len = t->kind->pages * NTAG_PAGE;
	for (size_t i = 0; i < len; i++)
		seen[i] = t->kind->peek(t, i);
	r = j->s->files->write(j->arg[1], seen, len, 0644);
	if (r == BW_OK)
		say(j, "ok %zu", len);
	else
		say(j, "err cannot write the file: %s", bw_strerror(r));
}

static void
tag_present(struct job *j)
{
	struct tag *t = tag_of(j);

	if (t == NULL)
		return;
	sim_present(j->s, t, true);
	say(j, "ok");
}

static void
tag_remove(struct job *j)
{
	struct tag *t = tag_of(j);

	if (t == NULL)
		return;
	sim_present(j->s, t, false);
	say(j, "ok");
}

static void
tag_delete(struct job *j)
{
	struct tag *t = tag_of(j);

	if (t == NULL)
		return;
	sim_present(j->s, t, false);
	chip_tag_forget(&j->s->chip, t);
	tags_delete(&j->s->tags, t);
	say(j, "ok");
}

static void
tag_tear(struct job *j)
{
	struct tag *t = tag_of(j);
	const char *what = j->n == 3 ? j->arg[2] : "reads";
	uint64_t n;

	if (t == NULL)
		return;
	if (!number(j->arg[1], COUNT_MAX, &n)) {
		say(j, "err the number is 0 to %d", COUNT_MAX);
		return;
	}
	if (strcmp(what, "reads") == 0)
		t->tear = TEAR_READS;
	else if (strcmp(what, "writes") == 0)
		t->tear = TEAR_WRITES;
	else if (strcmp(what, "torn") == 0)
		t->tear = TEAR_TORN;
	else {
		say(j, "err the last word is reads, writes or torn");
		return;
	}
	t->tear_left = (unsigned)n;
	say(j, "ok");
}

static void
tag_poke(struct job *j)
{
	struct tag *t = tag_of(j);
	uint8_t data[NTAG_PAGE];
	uint64_t page;

	if (t == NULL)
		return;
	if (t->kind->pages == 0 ||
	    !number(j->arg[1], t->kind->pages - 1, &page) ||
	    !hex(j->arg[2], data, sizeof(data))) {
		say(j, "err usage: tag poke NAME PAGE HEX8, a page it has");
		return;
	}
	memcpy(t->mem + page * NTAG_PAGE, data, sizeof(data));
	say(j, "ok");
}

/* [COUNT|all] [at N] [on CODE]; answers when that is not it. */
static bool
fault_words(struct job *j, struct fault *f)
{
	size_t i = 1;
	uint64_t n;
	uint8_t code;

	if (i < j->n && strcmp(j->arg[i], "all") == 0) {
		f->count = FAULT_ALWAYS;
		i++;
	} else if (i < j->n && number(j->arg[i], COUNT_MAX, &n) && n > 0) {
		f->count = (uint32_t)n;
		i++;
	}
	if (i + 1 < j->n && strcmp(j->arg[i], "at") == 0 &&
	    number(j->arg[i + 1], COUNT_MAX, &n) && n > 0) {
		f->skip = (uint32_t)n - 1;
		i += 2;
	}
	if (i + 1 < j->n && strcmp(j->arg[i], "on") == 0 &&
	    hex(j->arg[i + 1], &code, 1)) {
		f->code = code;
		i += 2;
	}
	return i == j->n;
}

static void
fault(struct job *j)
{
	struct fault f = { .kind = fault_kind_find(j->arg[0]), .count = 1,
		.code = -1 };

	if (strcmp(j->arg[0], "clear") == 0 && j->n == 1) {
		j->s->chip.faults.n = 0;
		say(j, "ok");
		return;
	}
	if (f.kind == FAULT_NONE) {
		say(j, "err the fault is one of clear");
		for (int k = FAULT_NAK; k <= FAULT_UNPLUG; k++)
			say(j, " %s", fault_kind_name((enum fault_kind)k));
		return;
	}
	if (f.kind == FAULT_SILENT)
		f.count = FAULT_ALWAYS;
	if (!fault_words(j, &f))
		say(j, "err usage: fault KIND [COUNT|all] [at N] [on CODE]");
	else if (faults_add(&j->s->chip.faults, f) != BW_OK)
		say(j, "err too many faults wait; fault clear drops them");
	else
		say(j, "ok");
}

static void
chip_command(struct job *j)
{
	chip_reset(&j->s->chip);
	trace_event(&j->s->trace, j->s->now, "\"chip\":\"reset\"");
	say(j, "ok");
}

static void
plug(struct job *j)
{
	bw_err r = sim_plug(j->s);

	if (r == BW_OK)
		say(j, "ok");
	else
		say(j, "err cannot make the port: %s", bw_strerror(r));
}

static void
unplug(struct job *j)
{
	sim_unplug(j->s);
	say(j, "ok");
}

static void
field(struct job *j)
{
	say(j, "ok %s", j->s->chip.field ? "on" : "off");
}

static void
pace(struct job *j)
{
	bool on = strcmp(j->arg[0], "on") == 0;

	if (!on && strcmp(j->arg[0], "off") != 0) {
		say(j, "err usage: pace on|off");
		return;
	}
	j->s->chip.pace = on;
	say(j, "ok");
}

static void
mark(struct job *j)
{
	if (!text_is_id(j->arg[0], strlen(j->arg[0]))) {
		say(j, "err a mark is 1 to 32 of a-z 0-9 . and -");
		return;
	}
	trace_event(&j->s->trace, j->s->now, "\"mark\":\"%s\"", j->arg[0]);
	say(j, "ok %" PRId64, j->s->now);
}

static void
state_tags(struct job *j)
{
	static const char *const states[] = {
		[TAG_OFF] = "off", [TAG_IDLE] = "idle", [TAG_READY] = "ready",
		[TAG_ACTIVE] = "active", [TAG_HALT] = "halt"
	};
	char uid[TEXT_HEX_SIZE(TAG_UID_MAX)];

	for (size_t i = 0; i < j->s->tags.n; i++) {
		const struct tag *t = j->s->tags.tag[i];

		text_hex(t->uid, t->kind->uid_len, uid);
		say(j, "%s{\"name\":\"%s\",\"type\":\"%s\",\"uid\":\"%s\","
		    "\"present\":%s,\"state\":\"%s\",\"reads\":%" PRIu64
		    ",\"writes\":%" PRIu64 "}", i > 0 ? "," : "", t->name,
		    t->kind->name, uid, t->present ? "true" : "false",
		    states[t->state], t->reads, t->writes);
	}
}

static void
state_faults(struct job *j)
{
	const struct faults *all = &j->s->chip.faults;

	for (size_t i = 0; i < all->n; i++) {
		const struct fault *f = &all->fault[i];

		say(j, "%s{\"kind\":\"%s\",\"skip\":%" PRIu32 ",\"count\":",
		    i > 0 ? "," : "", fault_kind_name(f->kind), f->skip);
		if (f->count == FAULT_ALWAYS)
			say(j, "\"all\"}");
		else
			say(j, "%" PRIu32 "}", f->count);
	}
}

static void
state(struct job *j)
{
	struct sim *s = j->s;

	say(j, "ok {\"t\":%" PRId64 ",\"link\":", s->now);
	say_string(j, s->pty.link);
	say(j, ",\"port\":");
	say_string(j, s->pty.name);
	say(j, ",\"plugged\":%s,\"awake\":%s,\"field\":\"%s\",\"pace\":%s,"
	    "\"commands\":%" PRIu64 ",\"tags\":[",
	    s->pty.master >= 0 ? "true" : "false",
	    s->chip.awake ? "true" : "false", s->chip.field ? "on" : "off",
	    s->chip.pace ? "true" : "false", s->chip.commands);
	state_tags(j);
	say(j, "],\"faults\":[");
	state_faults(j);
	say(j, "]}");
}

/* The last argument in milliseconds; answers when it is none. */
static bool
wait_until(struct job *j, const char *ms)
{
	uint64_t n;

	if (!number(ms, WAIT_MAX_MS, &n)) {
		say(j, "err the time is 0 to %d ms", WAIT_MAX_MS);
		return false;
	}
	j->wait->until = j->s->now + (int64_t)n * 1000;
	return true;
}

static void
wait_field(struct job *j)
{
	bool on = strcmp(j->arg[0], "on") == 0;

	if (!on && strcmp(j->arg[0], "off") != 0)
		say(j, "err usage: wait field on|off MS");
	else if (j->s->chip.field == on)
		say(j, "ok %s", j->arg[0]);
	else if (wait_until(j, j->arg[1]))
		j->wait->what = on ? WAIT_FIELD_ON : WAIT_FIELD_OFF;
}

static void
wait_command(struct job *j)
{
	if (!hex(j->arg[0], &j->wait->code, 1))
		say(j, "err usage: wait command CODE MS, e.g. 40 2000");
	else if (wait_until(j, j->arg[1]))
		j->wait->what = WAIT_COMMAND;
}

static void
quit(struct job *j)
{
	j->s->quit = true;
	say(j, "ok");
}

static void help(struct job *j);

static const struct command commands[] = {
	{ "tag add", "NAME TYPE UID [FILE]", 3, 4, tag_add },
	{ "tag delete", "NAME", 1, 1, tag_delete },
	{ "tag present", "NAME", 1, 1, tag_present },
	{ "tag remove", "NAME", 1, 1, tag_remove },
	{ "tag tear", "NAME N [reads|writes|torn]", 2, 3, tag_tear },
	{ "tag load", "NAME FILE", 2, 2, tag_load },
	{ "tag dump", "NAME FILE", 2, 2, tag_dump },
	{ "tag poke", "NAME PAGE HEX8", 3, 3, tag_poke },
	{ "fault", "KIND [COUNT|all] [at N] [on CODE]", 1, 6, fault },
	{ "chip reset", "", 0, 0, chip_command },
	{ "unplug", "", 0, 0, unplug },
	{ "plug", "", 0, 0, plug },
	{ "field", "", 0, 0, field },
	{ "wait field", "on|off MS", 2, 2, wait_field },
	{ "wait command", "CODE MS", 2, 2, wait_command },
	{ "pace", "on|off", 1, 1, pace },
	{ "mark", "WORD", 1, 1, mark },
	{ "state", "", 0, 0, state },
	{ "help", "", 0, 0, help },
	{ "quit", "", 0, 0, quit }
};

#define NCOMMANDS (sizeof(commands) / sizeof(commands[0]))

static void
help(struct job *j)
{
	say(j, "ok");
	for (size_t i = 0; i < NCOMMANDS; i++)
		say(j, "%s %s%s%s", i > 0 ? ";" : "", commands[i].name,
		    commands[i].args[0] != 0 ? " " : "", commands[i].args);
}

/* The next word, zero-terminated in place; NULL at the end. */
static char *
word(char **at)
{
	char *begin = *at + strspn(*at, " \t"), *end;

	if (*begin == 0)
		return NULL;
	end = begin + strcspn(begin, " \t");
	*at = *end != 0 ? end + 1 : end;
	*end = 0;
	return begin;
}

/* What is behind the name on the line, when the line begins with it. A blank
 * of the name may be many of the line. */
static char *
after_name(char *line, const char *name)
{
	for (; *name != 0; name++) {
		if (*name == ' ' && (*line == ' ' || *line == '\t'))
			line += strspn(line, " \t");
		else if (*line++ != *name)
			return NULL;
	}
	return *line == 0 || *line == ' ' || *line == '\t' ? line : NULL;
}

static void
run(struct job *j, const struct command *cmd, char *rest)
{
	while (j->n < cmd->max) {
		if (j->n > 0 && j->n + 1 == cmd->max) {	/* a path, maybe */
			rest += strspn(rest, " \t");
			if (*rest != 0)
				j->arg[j->n++] = rest;
			rest = rest + strlen(rest);
			break;
		}
		if ((j->arg[j->n] = word(&rest)) == NULL)
			break;
		j->n++;
	}
	for (size_t i = j->n; i < ARGS_MAX; i++)
		j->arg[i] = "";
	if (j->n < cmd->min || word(&rest) != NULL)
		say(j, "err usage: %s %s", cmd->name, cmd->args);
	else
		cmd->run(j);
}

void
control_line(struct sim *s, const char *line, struct bw_buf *out,
    struct control_waiting *wait)
{
	struct job j = { .s = s, .out = out, .wait = wait };
	char copy[CONTROL_LINE], *rest = NULL, *begin;
	size_t i = 0;

	wait->what = WAIT_NOTHING;
	snprintf(copy, sizeof(copy), "%s", line);
	for (size_t n = strlen(copy); n > 0 && strchr(" \t", copy[n - 1]) !=
	    NULL; n--)
		copy[n - 1] = 0;
	begin = copy + strspn(copy, " \t");
	for (; i < NCOMMANDS; i++)
		if ((rest = after_name(begin, commands[i].name)) != NULL)
			break;
	if (rest != NULL)
		run(&j, &commands[i], rest);
	else
		say(&j, "err there is no such command; help lists them");
	if (wait->what == WAIT_NOTHING)
		say(&j, "\n");
}
