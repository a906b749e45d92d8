// SPDX-License-Identifier: Apache-2.0
/* badgeward right correct: a field gets another value. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "host/clean.h"
#include "host/right.h"
#include "tools/cmd_right.h"
#include "tools/cmds.h"

/* What is wrong with a value that no registration can have. */
static int
no_value(const char *field, const char *value)
{
	if (value[0] == 0)
		return staff_usage("nobody is without %s: give the right one, "
		    "or withhold the registration until it is known (\"right "
		    "restrict\"); nothing was changed", strcmp(field,
		    "name") == 0 ? "a name" : "an e-mail address");
	return staff_usage("that cannot be an e-mail address");
}

/* The words of a value, cleaned as an import does. It is taken away only by who
 * says so. */
static int
wanted(const struct right_act *a, const char *field, const char *given,
    char out[static FIELD_VALUE_MAX + 1])
{
	size_t len;

	out[0] = 0;
	if (given != NULL && a->empty)
		return staff_usage("give a value, or --empty for none");
	if (given != NULL && (!text_is_utf8(given, strlen(given)) ||
	    clean_value(given, out, &len) != BW_OK))
		return staff_usage("a value is text of at most %d bytes, "
		    "without control characters", FIELD_VALUE_MAX);
	if (out[0] != 0)
		return CMD_OK;
	if (strcmp(field, "name") == 0 || strcmp(field, "email") == 0)
		return no_value(field, out);
	return a->empty ? CMD_OK : staff_usage("there is no value: give one, "
	    "or take away what %s is with --empty; nothing was changed",
	    field);
}

static int
correct(struct staff *st, const char *const *arg, void *ctx)
{
	char value[FIELD_VALUE_MAX + 1] = "", given[4 * FIELD_VALUE_MAX];
	int f = field_from_name(arg[1], strlen(arg[1])), code;
	struct right_act *a = ctx;
	bw_err r;

	if (f == 0)
		return staff_usage("there is no field \"%s\": name, email, "
		    "company, job_title, work_phone and location are", arg[1]);
	if ((code = arg[2] == NULL ? CMD_OK :
	    staff_line(arg[2], given, sizeof(given))) != CMD_OK ||
	    (code = wanted(a, arg[1], arg[2] == NULL ? NULL : given,
	    value)) != CMD_OK ||
	    (code = right_begin(st, arg[0], a)) != CMD_OK)
		goto out;
	r = right_correct(st->store, a->id, (enum field)f, value, a->who,
	    st->now);
	code = CMD_USAGE;
	if (r == BW_ERR_ARG) {
		(void)no_value(arg[1], value);
		goto out;
	}
	if (r == BW_OK)
		r = right_badge_stale(st->store, a->id, &a->stale);
	code = right_end(st, a, r, "has this value already, and so have its leads");
	if (code != CMD_OK)
		goto out;
	printf("registration %" PRIu64 ": %s is %s, in all its leads too\n",
	    a->id, field_name((enum field)f), a->empty ? "empty now" :
	    "corrected");
	if (a->stale != 0)
		puts("Its badge still has the old value: make it anew on the "
		    "same tag (\"badge write\").");
out:
	explicit_bzero(value, sizeof(value));
	explicit_bzero(given, sizeof(given));
	return code;
}

int
cmd_right_correct(const char *dir, int argc, char **argv)
{
	struct right_act a = { 0 };
	const struct opt opt[] = {
		{ "empty", NULL, "in place of VALUE: take away what it is; "
		    "never of name and email", false, NULL, &a.empty },
	};
	const struct opts o = { "right correct", { "ID", "FIELD", "[VALUE]",
	    NULL }, "Gives a field another value: in the registration, and in "
	    "all leads that have the\nfield. Each sponsor that could see the "
	    "old value must acknowledge that. An import\nleaves the field "
	    "alone until its source says something new. With - VALUE is one\n"
	    "line of standard input: an argument is seen by every user of this "
	    "machine, and kept\nby the shell.", opt, 1 };

	return staff_run(dir, &o, argc, argv, correct, &a);
}
