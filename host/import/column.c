// SPDX-License-Identifier: Apache-2.0
#include "host/import/column.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <utf8proc.h>

const char *
import_kind_name(enum import_kind kind)
{
	switch (kind) {
	case IMPORT_AUTO:
		return "auto";
	case IMPORT_EVENTBRITE:
		return "eventbrite";
	case IMPORT_PRETIX:
		return "pretix";
	}
	return "unknown";
}

static const char *const words[COLUMNS] = {
	[COL_KEY] = "Key", [COL_STATUS] = "Status", [COL_NAME] = "Name",
	[COL_FIRST] = "First name", [COL_LAST] = "Last name",
	[COL_EMAIL] = "Email", [COL_COMPANY] = "Company",
	[COL_JOB] = "Job title", [COL_PHONE] = "Work phone",
	[COL_CITY] = "City", [COL_STATE] = "State",
	[COL_COUNTRY] = "Country", [COL_AGE] = "Age",
	[COL_BIRTH] = "Date of birth", [COL_QUANTITY] = "Quantity",
	[COL_EVENT] = "Event", [COL_ADDON] = "Add-on",
	[COL_BUYER_EMAIL] = "Buyer email"
};

const char *
column_word(enum column c)
{
	return words[c];
}

bool
column_from_word(const char *s, size_t len, enum column *out)
{
	for (size_t i = 0; i < COLUMNS; i++)
		if (strlen(words[i]) == len &&
		    strncasecmp(words[i], s, len) == 0) {
			*out = (enum column)i;
			return true;
		}
	return false;
}

/* Squeeze blanks, and take what stands behind a question off the end. */
static size_t
squeeze(char *s)
{
	size_t to = 0;

	for (size_t i = 0; s[i] != 0; i++) {
		bool blank = strchr(" \t\r\n", s[i]) != NULL;

		if (!blank)
			s[to++] = s[i];
		else if (to != 0 && s[to - 1] != ' ')
			s[to++] = ' ';
	}
	while (to != 0 && strchr(" *:?", s[to - 1]) != NULL)
		to--;
	s[to] = 0;
	return to;
}

void
column_fold(const char *name, char out[static COLUMN_NAME_MAX + 1])
{
	utf8proc_uint8_t *folded = NULL;

	out[0] = 0;
	if (utf8proc_map((const utf8proc_uint8_t *)name, 0, &folded,
	    (utf8proc_option_t)(UTF8PROC_NULLTERM | UTF8PROC_STABLE |
	    UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD)) < 0)
		return;
	squeeze((char *)folded);
	/* Typographic apostrophes are apostrophes. */
	for (char *q = (char *)folded; (q = strstr(q, "’")) != NULL;) {
		*q++ = '\'';
		memmove(q, q + 2, strlen(q + 2) + 1);
	}
	if (strlen((char *)folded) <= COLUMN_NAME_MAX)
		strcpy(out, (char *)folded);
	free(folded);
}

/* Whether a word, or two, stand in a text as such. */
static bool
has_word(const char *text, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = text; (at = strstr(at, word)) != NULL; at++)
		if ((at == text || strchr(" ('\"/,-", at[-1]) != NULL) &&
		    strchr(" )'\"/,.:?!-", at[len]) != NULL)
			return true;
	return false;
}

static bool
has_any(const char *text, const char *const *list)
{
	for (; *list != NULL; list++)
		if (has_word(text, *list))
			return true;
	return false;
}

/* A question that begins so is answered with yes or no. */
static const char *const leading[] = { "do", "does", "did", "are", "is",
	"may", "can", "will", "would", "have", "has", "i", "darf", "dürfen",
	"ist", "sind", "hat", "haben", "möchten", "arbeiten", "est-ce",
	"êtes-vous", "acceptez-vous", "acepta", "accetti", "aceita", "mag",
	"mogen", "heeft", NULL };
/* About something else than its name, or somebody else's. */
static const char *const other[] = { "agree", "consent", "size", "website",
	"web", "url", "address", "type", "kind", "industry", "sector", "email",
	"e-mail", "phone", "country", "city", "revenue", "employees", "large",
	"vat", "buyer", "purchaser", "invoice", "billing", "order", "years",
	"grösse", "branche", "adresse", "rechnung", "rechnungsadresse",
	"käufer", "facturation", "facture", "facturación", "factura",
	"fattura", "fatturazione", "taille", "tamaño", "setor", "settore",
	"factuur", NULL };
static const char *const company[] = { "company", "company name", "employer",
	"organization", "organisation", "firma", "unternehmen", "arbeitgeber",
	"entreprise", "société", "empresa", "compañía", "azienda", "società",
	"bedrijf", "organisatie", "organización", "organização", NULL };
static const char *const job[] = { "job title", "role", "job", "jobtitel",
	"berufsbezeichnung", "funktion", "stellenbezeichnung", "poste",
	"fonction", "puesto", "cargo", "ruolo", "qualifica", "função",
	"functie", NULL };

bool
column_asks(const char *folded, enum column c)
{
	for (const char *const *w = leading; *w != NULL; w++)
		if (strncmp(folded, *w, strlen(*w)) == 0 &&
		    folded[strlen(*w)] == ' ')
			return false;
	if (has_any(folded, other))
		return false;
	if (c == COL_COMPANY)
		return has_any(folded, company) && !has_any(folded, job);
	/* "Your role in your company" asks for the role. */
	return c == COL_JOB && has_any(folded, job);
}
