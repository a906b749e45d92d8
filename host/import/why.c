// SPDX-License-Identifier: Apache-2.0
#include "host/import/why.h"

#include <stdio.h>

#include "host/import/status.h"

typedef const char *both[2];	/* by enum why_lang */

static const both columns[COLUMNS] = {
	[COL_KEY] = { "key", "Schlüssel" },
	[COL_STATUS] = { "status", "Status" },
	[COL_NAME] = { "name", "Name" },
	[COL_FIRST] = { "first name", "Vorname" },
	[COL_LAST] = { "last name", "Nachname" },
	[COL_EMAIL] = { "email", "E-Mail" },
	[COL_COMPANY] = { "company", "Firma" },
	[COL_JOB] = { "job title", "Position" },
	[COL_PHONE] = { "work phone", "Diensttelefon" },
	[COL_CITY] = { "city", "Stadt" },
	[COL_STATE] = { "state", "Bundesland" },
	[COL_COUNTRY] = { "country", "Land" },
	[COL_AGE] = { "age", "Alter" },
	[COL_BIRTH] = { "date of birth", "Geburtsdatum" },
	[COL_QUANTITY] = { "quantity", "Anzahl" },
	[COL_EVENT] = { "event", "Veranstaltung" },
	[COL_ADDON] = { "add-on of", "Zusatz zu" },
	[COL_BUYER_EMAIL] = { "buyer's email",
	    "E-Mail des Käufers" },
};

static const both fields[FIELD_COUNT + 1] = {
	{ "", "" }, { "name", "Name" }, { "email", "E-Mail" },
	{ "company", "Firma" }, { "job title", "Position" },
	{ "work phone", "Diensttelefon" }, { "location", "Ort" },
};

static const both acts[IMPORT_ACTS] = {
	[IMPORT_ADD] = { "added", "neu" },
	[IMPORT_CHANGE] = { "changed", "geändert" },
	[IMPORT_HAND] = { "handed on", "abgegeben" },
	[IMPORT_SAME] = { "unchanged", "unverändert" },
	[IMPORT_SKIP] = { "skipped", "ausgelassen" },
};

static const both maps[] = {
	[MAP_NOT] = { "not in this file", "nicht in dieser Datei" },
	[MAP_NAME] = { "by its name", "nach ihrem Namen" },
	[MAP_QUESTION] = { "a question that asks for it",
	    "eine Frage danach" },
	[MAP_STAFF] = { "chosen by you", "von Ihnen gewählt" },
};

/* Formats take %1$s: a column or word, %2$u: a number. */
static const both reasons[WHY_CODES] = {
	[WHY_NOTHING] = { "", "" },
	[WHY_NO_KEY] = { "it has no %1$s", "ohne %1$s" },
	[WHY_BAD_KEY] = { "its %1$s is not one of %2$s's",
	    "%1$s ist keiner von %2$s" },
	[WHY_TWICE] = { "its %1$s stands in this file before",
	    "%1$s steht schon weiter oben in der Datei" },
	[WHY_STATUS] = { "not attending (%1$s)", "nimmt nicht teil (%1$s)" },
	[WHY_STATUS_UNKNOWN] = { "its status is not one that is known",
	    "Status ist nicht bekannt" },
	[WHY_STATUS_NONE] = { "it has no status", "ohne Status" },
	[WHY_PLACEHOLDER] = { "nobody has said yet who comes "
	    "(Info Requested)", "noch nicht gesagt, wer kommt "
	    "(Info Requested)" },
	[WHY_ADDON] = { "it is an add-on of another ticket",
	    "gehört als Zusatz zu einem anderen Ticket" },
	[WHY_NO_NAME] = { "it has no name", "ohne Name" },
	[WHY_EMAIL] = { "its e-mail address is none",
	    "E-Mail-Adresse ist keine" },
	[WHY_AGE] = { "its age is not a whole number of years",
	    "Alter ist keine ganze Zahl von Jahren" },
	[WHY_BIRTH] = { "its date of birth is not one that can be read",
	    "Geburtsdatum ist nicht lesbar" },
	[WHY_HANDED] = { "another name and another address: another person",
	    "anderer Name, andere Adresse: eine andere Person" },
	[WHY_RETURNED] = { "back to the person who had it before",
	    "zurück an die Person, die es davor hatte" },
	[WHY_ERASED] = { "erased before, and not taken up again",
	    "früher gelöscht und nicht wieder aufgenommen" },
};

static const char *
key_word(enum import_kind kind, enum why_lang lang)
{
	if (lang == WHY_DE)
		return kind == IMPORT_PRETIX ? "Pseudonymisierungs-ID" :
		    "Barcode";
	return kind == IMPORT_PRETIX ? "pseudonymization ID" : "barcode";
}

/* What names a column, or a number of bytes. */
static void
value_text(const struct why *w, enum why_lang lang, char *out)
{
	const char *what = w->arg < COLUMNS ? columns[w->arg][lang] : "";

	if (w->code == WHY_CONTROL)
		snprintf(out, WHY_MAX, lang == WHY_DE ?
		    "%s enthält Steuerzeichen" :
		    "its %s holds control characters", what);
	else
		snprintf(out, WHY_MAX, lang == WHY_DE ?
		    "%s ist %u Bytes lang, höchstens %d passen" :
		    "its %s is %u bytes long, at most %d fit", what,
		    (unsigned)w->n, FIELD_VALUE_MAX);
}

void
why_text(const struct why *w, enum import_kind kind, enum why_lang lang,
    char out[static WHY_MAX])
{
	const char *word = key_word(kind, lang);

	out[0] = 0;
	if (w->code == WHY_LONG || w->code == WHY_CONTROL) {
		value_text(w, lang, out);
		return;
	}
	if (w->code >= WHY_CODES)
		return;
	if (w->code == WHY_STATUS)
		word = status_word(w->arg);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(out, WHY_MAX, reasons[w->code][lang], word,
	    kind == IMPORT_PRETIX ? "pretix" : "Eventbrite");
#pragma GCC diagnostic pop
}

const char *
why_act(enum import_act act, enum why_lang lang)
{
	return acts[act][lang];
}

const char *
why_field(enum field f, enum why_lang lang)
{
	return fields[f][lang];
}

const char *
why_column(enum column c, enum why_lang lang)
{
	return columns[c][lang];
}

const char *
why_map(enum map_why w, bool of_buyer, enum why_lang lang)
{
	if (of_buyer)
		return lang == WHY_DE ? "des Käufers, wo dieser selbst kommt" :
		    "the buyer's, where the buyer is the attendee";
	return maps[w][lang];
}
