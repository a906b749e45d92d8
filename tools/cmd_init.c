// SPDX-License-Identifier: Apache-2.0
/* badgeward init: a host directory with new keys and an empty store. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/cmds.h"
#include "tools/opts.h"
#include "tools/staff.h"

static bool
take(char *out, size_t size, const char *option, const char *value)
{
	if (strlen(value) >= size) {
		(void)staff_usage("--%s may have %zu bytes at most", option,
		    size - 1);
		return false;
	}
	strcpy(out, value);
	return true;
}

static int
make(const char *dir, const struct hostdir_config *c)
{
	struct staff st;
	const char *why;
	char *word;
	int code;

	if (hostdir_create(dir, c, &why) != BW_OK)
		return staff_fail("%s: %s", dir, why);
	if ((code = staff_open(&st, dir)) != CMD_OK)
		return code;
	code = staff_record(&st, DID_INIT, c->event_id);
	staff_close(&st);
	if (code != CMD_OK)
		return code;
	word = text_shell_word(dir);
	printf("%s is ready for %s. Its keys are in %s/keys: back them up "
	    "offline.\nNext: badgeward -C %s policy install FILE\n", dir,
	    c->event_name, dir, word != NULL ? word : dir);
	free(word);
	return CMD_OK;
}

int
cmd_init(const char *dir, int argc, char **argv)
{
	const char *id = NULL, *name = NULL, *uri = NULL, *log = NULL,
	    *base = NULL, *undo = NULL, *arg[OPTS_ARGS_MAX];
	const struct opt opt[] = {
		{ "event-id", "ID", "short, in every log's name, e.g. ev26",
		    true, &id, NULL },
		{ "event-name", "NAME", "as attendees know it", true, &name,
		    NULL },
		{ "event-uri", "URL", "the event's own address, for ever",
		    true, &uri, NULL },
		{ "log-name", "NAME", "e.g. log.summit.example", true, &log,
		    NULL },
		{ "base-url", "URL", "where devices and attendees reach the "
		    "host", true, &base, NULL },
		{ "erase-undo-hours", "N", "how long an erasure can be undone "
		    "(72)", false, &undo, NULL },
	};
	const struct opts o = { "init", { "DIR", NULL },
	    "Makes the host's directory DIR for one event, with new keys and "
	    "an empty store.\nWhat is given here cannot be changed later, but "
	    "for the hours (config.json).",
	    opt, sizeof(opt) / sizeof(opt[0]) };
	struct hostdir_config c = { .erase_undo_hours = HOSTDIR_UNDO_HOURS };
	const char *why;
	uint64_t hours;
	int code;

	if (!opts_parse(&o, argc, argv, arg, &code))
		return code;
	if (dir != NULL)
		return staff_usage("init takes the directory as its argument, "
		    "not by -C");
	if (!take(c.event_id, sizeof(c.event_id), "event-id", id) ||
	    !take(c.event_name, sizeof(c.event_name), "event-name", name) ||
	    !take(c.event_uri, sizeof(c.event_uri), "event-uri", uri) ||
	    !take(c.log_name, sizeof(c.log_name), "log-name", log) ||
	    !take(c.base_url, sizeof(c.base_url), "base-url", base))
		return CMD_USAGE;
	if (undo != NULL) {
		if (text_number(undo, strlen(undo), HOSTDIR_UNDO_HOURS_MAX,
		    &hours) != BW_OK)
			return staff_usage("--erase-undo-hours is 0 to %d, "
			    "not \"%s\"", HOSTDIR_UNDO_HOURS_MAX, undo);
		c.erase_undo_hours = (unsigned)hours;
	}
	if (hostdir_check(&c, &why) != BW_OK)
		return staff_usage("%s", why);
	return make(arg[0], &c);
}
