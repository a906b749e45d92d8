// SPDX-License-Identifier: Apache-2.0
#include "tools/opts.h"

#include <stdio.h>
#include <string.h>

#include "host/fault.h"
#include "tools/cmd.h"

#define OPTS_MAX 24

static void
synopsis(const struct opts *o, FILE *f)
{
	fprintf(f, "usage: badgeward %s", o->command);
	for (size_t i = 0; o->args[i] != NULL; i++)
		fprintf(f, " %s", o->args[i]);
	for (size_t i = 0; i < o->n; i++) {
		const struct opt *p = &o->opt[i];

		fprintf(f, p->must ? " --%s" : " [--%s", p->name);
		if (p->arg != NULL)
			fprintf(f, " %s", p->arg);
		fputs(p->must ? "" : "]", f);
	}
	fputc('\n', f);
}

static void
help(const struct opts *o)
{
	synopsis(o, stdout);
	printf("\n%s\n\n", o->about);
	for (size_t i = 0; i < o->n; i++) {
		const struct opt *p = &o->opt[i];
		int width = printf("  --%s%s%s", p->name,
		    p->arg != NULL ? " " : "", p->arg != NULL ? p->arg : "");

		printf("%*s%s\n", width < 22 ? 24 - width : 2, "", p->help);
	}
	printf("  --help                this text\n");
}

static bool
wrong(const struct opts *o, int *code, const char *what, const char *word,
    const char *more, const char *near)
{
	fprintf(stderr, "badgeward %s: %s%s%s%s%s\n", o->command, what, word,
	    more, near != NULL ? "; did you mean --" : "",
	    near != NULL ? near : "");
	synopsis(o, stderr);
	*code = CMD_USAGE;
	return false;
}

static const struct opt *
find(const struct opts *o, const char *name, size_t len)
{
	for (size_t i = 0; i < o->n; i++)
		if (strlen(o->opt[i].name) == len &&
		    memcmp(o->opt[i].name, name, len) == 0)
			return &o->opt[i];
	return NULL;
}

static bool
unknown(const struct opts *o, const char *word, size_t len, int *code)
{
	const char *names[OPTS_MAX], *near = NULL;
	char name[64];

	for (size_t i = 0; i < o->n && i < OPTS_MAX; i++)
		names[i] = o->opt[i].name;
	snprintf(name, sizeof(name), "%.*s", (int)(len < 60 ? len : 60), word);
	if (o->n <= OPTS_MAX)
		near = fault_nearest(name, names, o->n);
	return wrong(o, code, "there is no option --", name, "", near);
}

/* The option at argv[*i], and its argument; *i is at the last word taken. */
static bool
take_option(const struct opts *o, int argc, char **argv, int *i, bool *seen,
    int *code)
{
	const char *name = argv[*i] + 2, *value = strchr(name, '=');
	size_t len = value != NULL ? (size_t)(value - name) : strlen(name);
	const struct opt *p = find(o, name, len);

	if (p == NULL)
		return unknown(o, name, len, code);
	if (seen[p - o->opt])
		return wrong(o, code, "--", p->name, " is given twice", NULL);
	seen[p - o->opt] = true;
	if (p->arg == NULL) {
		if (value != NULL)
			return wrong(o, code, "--", p->name,
			    " takes no argument", NULL);
		*p->on = true;
		return true;
	}
	if (value != NULL)
		value++;
	else if (*i + 1 < argc)
		value = argv[++*i];
	else
		return wrong(o, code, "--", p->name, " wants an argument",
		    NULL);
	*p->value = value;
	return true;
}

static bool
complete(const struct opts *o, size_t nargs, const bool *seen, int *code)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->opt[i].must && !seen[i])
			return wrong(o, code, "--", o->opt[i].name,
			    " is missing", NULL);
	if (o->args[nargs] != NULL && o->args[nargs][0] != '[')
		return wrong(o, code, "", o->args[nargs], " is missing", NULL);
	return true;
}

bool
opts_parse(const struct opts *o, int argc, char **argv,
    const char *arg[static OPTS_ARGS_MAX], int *code)
{
	bool seen[OPTS_MAX] = { false }, only_args = false;
	size_t n = 0;

	for (size_t i = 0; i < OPTS_ARGS_MAX; i++)
		arg[i] = NULL;
	*code = CMD_OK;
	for (int i = 1; i < argc; i++) {
		const char *s = argv[i];

		if (!only_args && strcmp(s, "--help") == 0) {
			help(o);
			return false;
		}
		if (!only_args && strcmp(s, "--") == 0) {
			only_args = true;
			continue;
		}
		if (!only_args && strncmp(s, "--", 2) == 0) {
			if (!take_option(o, argc, argv, &i, seen, code))
				return false;
			continue;
		}
		if (!only_args && strncmp(s, "-C", 2) == 0)
			return wrong(o, code, "-C DIR stands before the "
			    "command: badgeward -C DIR ", o->command, "",
			    NULL);
		if (!only_args && s[0] == '-' && s[1] != 0)
			return wrong(o, code, "there is no option ", s, "",
			    NULL);
		if (o->args[n] == NULL)
			return wrong(o, code, "\"", s, "\" is one argument "
			    "too many", NULL);
		arg[n++] = s;
	}
	return complete(o, n, seen, code);
}
