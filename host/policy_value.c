// SPDX-License-Identifier: Apache-2.0
/* What stands behind the "=" of a policy file: a value, or a list of them. */
#include "host/policy_scan.h"

#include <string.h>

static bool
begins_key(const struct scan *sc)
{
	const cfg_opt_t *opts = sc->opts[sc->depth];
	struct scan ahead = *sc;
	struct key k = { .s = sc->s };

	scan_word(&ahead);
	k.len = (size_t)(ahead.s - k.s);
	return scan_is_assigned(sc) || (opts != NULL && scan_find_key(opts, &k) != NULL);
}

/* More behind a value in its line, which is no key. */
static void
take_more(struct scan *sc, size_t line)
{
	char *from;

	for (scan_blank(sc); sc->line == line; scan_blank(sc)) {
		from = sc->s;
		if (*from != 0 && strchr(",()", *from) != NULL)
			scan_step(sc);
		else if (scan_is_word(from) && !begins_key(sc))
			scan_word(sc);
		else
			return;
		fault_add(sc->f, line, "a value with blanks, commas or "
		    "brackets in it stands in double quotes");
		scan_wipe(from, sc->s);
	}
}

static bw_err
not_closed(struct scan *sc, size_t line)
{
	fault_add(sc->f, line, "the list that begins here is never closed "
	    "with \"}\"");
	return BW_ERR_FORMAT;
}

/* The elements of a list up to its "}", or to a key if that is forgotten. */
static bw_err
take_elements(struct scan *sc, bool *good)
{
	size_t line = sc->line;
	char *last = NULL;	/* the end of an element without its comma */

	for (; *sc->s != '}'; scan_blank(sc)) {
		if (*sc->s == ',') {
			if (last == NULL) {
				fault_add(sc->f, sc->line, "there is a comma "
				    "too many in this list");
				*sc->s = ' ';
			}
			last = NULL;
			scan_step(sc);
			continue;
		}
		if (!scan_is_word(sc->s))
			return not_closed(sc, line);
		if (scan_is_assigned(sc)) {
			(void)not_closed(sc, line);
			*good = *good && scan_mend(sc->s - 1, '}');
			return BW_OK;
		}
		if (last != NULL) {
			fault_add(sc->f, sc->line, "a comma is missing in this "
			    "list");
			*good = *good && (scan_mend(last, ',') ||
			    scan_mend(sc->s - 1, ','));
		}
		scan_word(sc);
		last = sc->s;
	}
	scan_step(sc);
	return BW_OK;
}

bw_err
scan_list(struct scan *sc, const cfg_opt_t *opt, bool *good)
{
	if (opt != NULL && (opt->flags & CFGF_LIST) == 0) {
		fault_add(sc->f, sc->line, "\"%s\" has one value, without "
		    "braces", opt->name);
		*good = false;
	}
	scan_step(sc);
	scan_blank(sc);
	if (*sc->s == '}') {
		fault_add(sc->f, sc->line, "this list is empty; leave its key "
		    "out instead");
		*good = false;
	}
	return take_elements(sc, good);
}

bw_err
scan_value(struct scan *sc, const cfg_opt_t *opt, bool *good)
{
	size_t line = sc->line;

	scan_step(sc);
	scan_blank(sc);
	if (*sc->s == '{')
		return scan_list(sc, opt, good);
	if (scan_is_word(sc->s) && (sc->line == line || !scan_is_assigned(sc))) {
		line = sc->line;
		scan_word(sc);
	} else {
		if (*sc->s != '(')
			fault_add(sc->f, line, "a value is missing behind "
			    "\"=\"");
		*good = false;
	}
	take_more(sc, line);
	return BW_OK;
}
