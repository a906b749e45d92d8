// SPDX-License-Identifier: Apache-2.0
/* The commands of the control socket. */
#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/sim/control_job.h"

#define WAIT_MAX_MS 600000

struct command {
	const char *name;	/* one word or two */
	const char *args;	/* as help shows them */
	size_t min, max;	/* arguments; the last takes the rest of it */
	job_run *run;
};

void
job_say(struct job *j, const char *fmt, ...)
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
	job_say(j, "\"");
	for (; *text != 0; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f)
			job_say(j, "\\u%04x", c);
		else
			job_say(j, "%c", c);
	}
	job_say(j, "\"");
}

bool
job_number(const char *text, uint64_t max, uint64_t *out)
{
	return text_number(text, strlen(text), max, out) == BW_OK;
}

bool
job_hex(const char *text, uint8_t *out, size_t len)
{
	char lower[64];

	if (strlen(text) != 2 * len || 2 * len >= sizeof(lower))
		return false;
	for (size_t i = 0; i <= 2 * len; i++)
		lower[i] = (char)tolower((unsigned char)text[i]);
	return text_unhex(lower, out, len) == BW_OK;
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
	} else if (i < j->n && job_number(j->arg[i], JOB_COUNT_MAX, &n) &&
	    n > 0) {
		f->count = (uint32_t)n;
		i++;
	}
	if (i + 1 < j->n && strcmp(j->arg[i], "at") == 0 &&
	    job_number(j->arg[i + 1], JOB_COUNT_MAX, &n) && n > 0) {
		f->skip = (uint32_t)n - 1;
		i += 2;
	}
	if (i + 1 < j->n && strcmp(j->arg[i], "on") == 0 &&
	    job_hex(j->arg[i + 1], &code, 1)) {
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
		job_say(j, "ok");
		return;
	}
	if (f.kind == FAULT_NONE) {
		job_say(j, "err the fault is one of clear");
		for (int k = FAULT_NAK; k <= FAULT_UNPLUG; k++)
			job_say(j, " %s", fault_kind_name((enum fault_kind)k));
		return;
	}
	if (f.kind == FAULT_SILENT)
		f.count = FAULT_ALWAYS;
	if (!fault_words(j, &f))
		job_say(j, "err usage: fault KIND [COUNT|all] [at N] "
		    "[on CODE]");
	else if (faults_add(&j->s->chip.faults, f) != BW_OK)
		job_say(j, "err too many faults wait; fault clear drops them");
	else
		job_say(j, "ok");
}

static void
chip_command(struct job *j)
{
	chip_reset(&j->s->chip);
	trace_event(&j->s->trace, j->s->now, "\"chip\":\"reset\"");
	job_say(j, "ok");
}

static void
plug(struct job *j)
{
	bw_err r = sim_plug(j->s);

	if (r == BW_OK)
		job_say(j, "ok");
	else
		job_say(j, "err cannot make the port: %s", bw_strerror(r));
}

static void
unplug(struct job *j)
{
	sim_unplug(j->s);
	job_say(j, "ok");
}

static void
field(struct job *j)
{
	job_say(j, "ok %s", j->s->chip.field ? "on" : "off");
}

static void
pace(struct job *j)
{
	bool on = strcmp(j->arg[0], "on") == 0;

	if (!on && strcmp(j->arg[0], "off") != 0) {
		job_say(j, "err usage: pace on|off");
		return;
	}
	j->s->chip.pace = on;
	job_say(j, "ok");
}

static void
mark(struct job *j)
{
	if (!text_is_id(j->arg[0], strlen(j->arg[0]))) {
		job_say(j, "err a mark is 1 to 32 of a-z 0-9 . and -");
		return;
	}
	trace_event(&j->s->trace, j->s->now, "\"mark\":\"%s\"", j->arg[0]);
	job_say(j, "ok %" PRId64, j->s->now);
}

static void
state_faults(struct job *j)
{
	const struct faults *all = &j->s->chip.faults;

	for (size_t i = 0; i < all->n; i++) {
		const struct fault *f = &all->fault[i];

		job_say(j, "%s{\"kind\":\"%s\",\"skip\":%" PRIu32 ",\"count\":",
		    i > 0 ? "," : "", fault_kind_name(f->kind), f->skip);
		if (f->count == FAULT_ALWAYS)
			job_say(j, "\"all\"}");
		else
			job_say(j, "%" PRIu32 "}", f->count);
	}
}

static void
state(struct job *j)
{
	struct sim *s = j->s;

	job_say(j, "ok {\"t\":%" PRId64 ",\"link\":", s->now);
	say_string(j, s->pty.link);
	job_say(j, ",\"port\":");
	say_string(j, s->pty.name);
	job_say(j, ",\"plugged\":%s,\"awake\":%s,\"field\":\"%s\",\"pace\":%s,"
	    "\"commands\":%" PRIu64 ",\"tags\":[",
	    s->pty.master >= 0 ? "true" : "false",
	    s->chip.awake ? "true" : "false", s->chip.field ? "on" : "off",
	    s->chip.pace ? "true" : "false", s->chip.commands);
	job_tag_state(j);
	job_say(j, "],\"faults\":[");
	state_faults(j);
	job_say(j, "]}");
}

/* The last argument in milliseconds; answers when it is none. */
static bool
wait_until(struct job *j, const char *ms)
{
	uint64_t n;

	if (!job_number(ms, WAIT_MAX_MS, &n)) {
		job_say(j, "err the time is 0 to %d ms", WAIT_MAX_MS);
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
		job_say(j, "err usage: wait field on|off MS");
	else if (j->s->chip.field == on)
		job_say(j, "ok %s", j->arg[0]);
	else if (wait_until(j, j->arg[1]))
		j->wait->what = on ? WAIT_FIELD_ON : WAIT_FIELD_OFF;
}

static void
wait_command(struct job *j)
{
	if (!job_hex(j->arg[0], &j->wait->code, 1))
		job_say(j, "err usage: wait command CODE MS, e.g. 40 2000");
	else if (wait_until(j, j->arg[1]))
		j->wait->what = WAIT_COMMAND;
}

static void
quit(struct job *j)
{
	j->s->quit = true;
	job_say(j, "ok");
}

static void help(struct job *j);

static const struct command commands[] = {
	{ "tag add", "NAME TYPE UID [FILE]", 3, 4, job_tag_add },
	{ "tag delete", "NAME", 1, 1, job_tag_delete },
	{ "tag present", "NAME", 1, 1, job_tag_present },
	{ "tag remove", "NAME", 1, 1, job_tag_remove },
	{ "tag tear", "NAME N [reads|writes|torn]", 2, 3, job_tag_tear },
	{ "tag load", "NAME FILE", 2, 2, job_tag_load },
	{ "tag dump", "NAME FILE", 2, 2, job_tag_dump },
	{ "tag poke", "NAME PAGE HEX8", 3, 3, job_tag_poke },
	{ "tag wear", "NAME PAGE", 2, 2, job_tag_wear },
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
	job_say(j, "ok");
	for (size_t i = 0; i < NCOMMANDS; i++)
		job_say(j, "%s %s%s%s", i > 0 ? ";" : "", commands[i].name,
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
	for (size_t i = j->n; i < JOB_ARGS_MAX; i++)
		j->arg[i] = "";
	if (j->n < cmd->min || word(&rest) != NULL)
		job_say(j, "err usage: %s %s", cmd->name, cmd->args);
	else
		cmd->run(j);
}

/* As "wait" of "wait field" and "wait command": say what goes on with it. */
static void
say_unknown(struct job *j, const char *begin)
{
	size_t n = strcspn(begin, " \t");
	bool any = false;

	for (size_t i = 0; i < NCOMMANDS; i++) {
		const char *name = commands[i].name;

		if (n == 0 || strncmp(name, begin, n) != 0 || name[n] != ' ')
			continue;
		job_say(j, "%s%s %s", any ? " or " : "err usage: ", name,
		    commands[i].args);
		any = true;
	}
	if (!any)
		job_say(j, "err there is no such command; help lists them");
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
		say_unknown(&j, begin);
	if (wait->what == WAIT_NOTHING)
		job_say(&j, "\n");
}
