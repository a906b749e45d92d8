// SPDX-License-Identifier: Apache-2.0
/* The words, blanks and comments of a policy file. */
#include "host/policy_scan.h"

#include <string.h>

void
scan_step(struct scan *sc)
{
	if (*sc->s == '\n')
		sc->line++;
	if (*sc->s != 0)
		sc->s++;
}

void
scan_wipe(char *from, const char *to)
{
	for (; from < to && *from != 0; from++)
		if (*from != '\n')
			*from = ' ';
}

static void
blank(struct scan *sc)
{
	if (*sc->s != '\n' && *sc->s != 0)
		*sc->s = ' ';
	scan_step(sc);
}

void
scan_blank(struct scan *sc)
{
	for (;;) {
		if (*sc->s == '#' || strncmp(sc->s, "//", 2) == 0)
			while (*sc->s != 0 && *sc->s != '\n')
				blank(sc);
		else if (strncmp(sc->s, "/*", 2) == 0) {
			while (*sc->s != 0 && strncmp(sc->s, "*/", 2) != 0)
				blank(sc);
			blank(sc);
			blank(sc);
		} else if (*sc->s != 0 && strchr(" \t\r\n", *sc->s) != NULL)
			scan_step(sc);
		else
			return;
	}
}

/* A bare backslash or a variable: said, and made harmless. */
static void
mend_char(struct scan *sc, bool quoted)
{
	char *end;

	if (*sc->s == '\\' && !quoted) {
		fault_add(sc->f, sc->line, "a backslash has a meaning inside "
		    "quotes only");
		*sc->s = 'x';
	} else if (strncmp(sc->s, "${", 2) == 0) {
		fault_add(sc->f, sc->line, "\"${\" has no meaning in a policy; "
		    "write the text itself");
		if ((end = strpbrk(sc->s, "}\"'\n")) != NULL && *end == '}')
			*end = 'x';
		memset(sc->s, 'x', 2);
	}
}

void
scan_word(struct scan *sc)
{
	char quote = *sc->s;
	size_t line;

	if (quote != '"' && quote != '\'') {
		while (*sc->s != 0 && strncmp(sc->s, "+=", 2) != 0) {
			mend_char(sc, false);
			if (strchr(" \t\r\n\"'#={}(),", *sc->s) != NULL)
				return;
			scan_step(sc);
		}
		return;
	}
	line = sc->line;
	scan_step(sc);
	while (*sc->s != 0 && *sc->s != quote) {
		mend_char(sc, true);
		if (*sc->s == '\\')
			scan_step(sc);
		scan_step(sc);
	}
	if (*sc->s == 0 && sc->unclosed == 0)
		sc->unclosed = line;
	scan_step(sc);
}

bool
scan_is_word(const char *s)
{
	return *s != 0 && strchr(" \t\r\n#={}(),", *s) == NULL &&
	    strncmp(s, "+=", 2) != 0;
}

bool
scan_is_assigned(const struct scan *sc)
{
	struct scan ahead = *sc;

	scan_word(&ahead);
	scan_blank(&ahead);
	return *ahead.s == '=' || *ahead.s == '{' ||
	    strncmp(ahead.s, "+=", 2) == 0;
}

bool
scan_mend(char *at, char mark)
{
	if (*at != ' ' && *at != '\t')
		return false;
	*at = mark;
	return true;
}

const cfg_opt_t *
scan_find_key(const cfg_opt_t *opts, const struct key *k)
{
	for (; opts->name != NULL; opts++)
		if (strlen(opts->name) == k->len &&
		    memcmp(opts->name, k->s, k->len) == 0)
			return opts;
	return NULL;
}
