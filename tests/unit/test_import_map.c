// SPDX-License-Identifier: Apache-2.0
/* Which column is what, and what becomes of a row: without a store. */
#include "tests/support/unit.h"

#include <stdio.h>

#include "base/file.h"
#include "host/import/birth.h"
#include "host/import/row.h"
#include "host/import/status.h"
#include "tests/support/import_text.h"

#define NOW 1772323200		/* 1 March 2026 */

/* A source opened on a text, its map, and its rows one by one. */
struct opened {
	int fd;
	struct import_source src;
	struct map map;
	struct row row;
	struct fault f;
};

static bw_err
open_text(struct opened *o, const void *text, size_t len,
    const struct map_choice *c)
{
	static const struct map_choice any = { .kind = IMPORT_AUTO };
	struct import_row head;
	bw_err r;

	memset(o, 0, sizeof(*o));
	o->fd = fd_of(text, len);
	if ((r = import_source_csv(&o->src, o->fd, &o->f)) == BW_OK &&
	    (r = o->src.head(o->src.self, &head, &o->f)) == BW_OK)
		r = map_guess(&head, c != NULL ? c : &any, &o->map, &o->f);
	if (r != BW_OK && o->f.text[0] != 0 && c == NULL)
		print_message("%s\n", o->f.text);
	return r;
}

static void
close_text(struct opened *o)
{
	import_source_close(&o->src);
	close(o->fd);
}

static const struct registration *
next(struct opened *o)
{
	struct import_row in;

	assert_ok(o->src.next(o->src.self, &in, &o->f));
	assert_ok(row_read(&o->map, &in, NOW, &o->row, &o->f));
	return &o->row.reg;
}

static void
skips(struct opened *o, enum why_code code)
{
	(void)next(o);
	assert_true(o->row.use != ROW_TAKE);
	assert_int_equal(o->row.why.code, code);
}

/* The next row is taken with these values, in the fields' order. */
static void
takes(struct opened *o, const char *key, const char *const *v)
{
	const struct registration *reg = next(o);

	assert_int_equal(o->row.use, ROW_TAKE);
	assert_string_equal(reg->key, key);
	for (int f = 1; f <= FIELD_COUNT; f++)
		assert_string_equal(reg->values.v[f], v[f - 1]);
}
#define TAKES(o, key, ...) takes(o, key, (const char *const[]){ __VA_ARGS__ })

static void
open_file(struct opened *o, const char *name)
{
	struct bw_buf b = BW_BUF_INIT(1 << 20);
	char path[512];

	snprintf(path, sizeof(path), TEST_DIR "/data/%s", name);
	assert_ok(file_read(path, &b));
	assert_ok(open_text(o, b.ptr, b.len, NULL));
	bw_buf_free(&b);
}

static void
test_pretix_en(void **state)
{
	struct opened o;

	(void)state;
	open_file(&o, "pretix-positions-en.csv");
	assert_int_equal(o.map.kind, IMPORT_PRETIX);
	assert_int_equal(o.map.why[COL_JOB], MAP_QUESTION);
	assert_string_equal(o.map.name[COL_KEY], "Pseudonymization ID");
	/* The invoice's company and city are not hers, the order's phone
	 * neither. */
	TAKES(&o, "pretix:Q7XJ3KZP9A", "Ada Marlowe", "ada@lumen.example",
	    "Lumen Works, Ltd.", "Systems Engineer", "", "Dublin, IE");
	assert_int_equal(o.row.reg.age, 42);
	TAKES(&o, "pretix:RR3KZP9AQX", "Bo Lindqvist", "bo@lumen.example", "",
	    "", "", "");
	assert_int_equal(o.row.reg.status, REG_MINOR);
	skips(&o, WHY_ADDON);
	skips(&o, WHY_STATUS);
	assert_string_equal(status_word(o.row.why.arg), "pending");
	/* The buyer is the attendee here: so is the phone. */
	TAKES(&o, "pretix:PEND000002", "Di Confirmed", "di@x.example", "", "",
	    "+49301234567", "");
	skips(&o, WHY_STATUS);
	assert_int_equal(o.row.use, ROW_GONE);
	skips(&o, WHY_NO_NAME);
	TAKES(&o, "pretix:FORMULA001", "=HYPERLINK(\"http://x\")",
	    "f@x.example", "<script>alert(1)</script>", "", "", "");
	close_text(&o);
}

static void
test_pretix_de(void **state)
{
	struct opened o;

	(void)state;
	open_file(&o, "pretix-positions-de.csv");
	assert_string_equal(o.src.charset, "Windows-1252");
	assert_true(o.src.guessed);
	TAKES(&o, "pretix:DEUT000001", "Jürgen Groß", "juergen@x.example",
	    "Groß & Söhne", "Geschäftsführer", "", "Köln, DE");
	TAKES(&o, "pretix:DEUT000002", "Änne Müller", "buero@x.example", "",
	    "", "+49 30 1", "");
	skips(&o, WHY_STATUS);
	assert_string_equal(status_word(o.row.why.arg), "canceled");
	(void)next(&o);
	assert_int_equal(o.row.reg.status, REG_MINOR);
	close_text(&o);
}

/* An older pretix, that never asks attendees for a company: the only one there
 * is the invoice's. */
static void
test_pretix_invoice(void **state)
{
	static const char text[] = "Status,E-mail,Attendee name,Attendee email,"
	    "Pseudonymization ID,Job title,Company,Invoice address name,City,"
	    "Country,Phone number\n"
	    "paid,b@x.example,Ada M,a@x.example,7,J,C,Bill,Town,DE,1\n";
	struct opened o;

	(void)state;
	assert_ok(open_text(&o, text, strlen(text), NULL));
	TAKES(&o, "pretix:7", "Ada M", "a@x.example", "", "J", "", "");
	assert_int_equal(o.map.at[COL_COMPANY], COLUMN_NONE);
	close_text(&o);
}

/* One head and row per language: key, status, name, e-mail, company, job. */
static const char *const localised[] = {
	"Barcode-Nr.;Teilnehmerstatus;Vorname;Nachname;E-Mail-Adresse;Firma;"
	"Jobtitel\n7;Nimmt teil;Ada;M;a@x.example;C;J\n",
	"Code-barres;Statut du participant;Prénom;Nom de famille;"
	"Adresse e-mail;Société;Titre du poste\n"
	"7;Participe;Ada;M;a@x.example;C;J\n",
	"Código de barras;Estado del asistente;Nombre;Apellidos;"
	"Correo electrónico;Empresa;Cargo\n7;Asistirá;Ada;M;a@x.example;C;J\n",
	"Codice a barre;Stato del partecipante;Nome;Cognome;Indirizzo e-mail;"
	"Azienda;Qualifica\n7;Partecipa;Ada;M;a@x.example;C;J\n",
	"Código de barras;Status do participante;Nome;Sobrenome;"
	"Endereço de e-mail;Empresa;Função\n"
	"7;Participando;Ada;M;a@x.example;C;J\n",
	"Barcode;Deelnemersstatus;Voornaam;Achternaam;E-mailadres;Bedrijf;"
	"Functie\n7;Neemt deel;Ada;M;a@x.example;C;J\n",
};

static const char *const pretix[] = {
	"Status,Attendee name,Attendee email,Company,Job title,State,"
	"Pseudonymization ID\npaid,Ada M,a@x.example,C,J,S,7\n",
	"Status,Name Teilnehmer*in,E-Mail Teilnehmer*in,Firma,Funktion,"
	"Bundesland,Pseudonyme ID\nbezahlt,Ada M,a@x.example,C,J,S,7\n",
	"État,Nom du participant,Adresse mail du participant,Société,Poste,"
	"État/Province/Région,ID pseudonyme\nPayé,Ada M,a@x.example,C,J,S,7\n",
	/* Status and state have one name in these. */
	"Estado,Nombre del participante,Correo electrónico del participante,"
	"Compañía,Puesto,Estado,ID Seudónimo\npagado,Ada M,a@x.example,C,J,S,"
	"7\n",
	"Stato,Nome del partecipante,Email partecipante,Azienda,Ruolo,Stato,"
	"ID Pseudonimo\npagato,Ada M,a@x.example,C,J,S,7\n",
	"Status,Nome do participante,E-mail do participante,Empresa,Cargo,"
	"Estado,ID Proteção de Dados\npago,Ada M,a@x.example,C,J,S,7\n",
	"Estado,Nome do participante,E-mail do participante,Empresa,Cargo,"
	"Estado,ID de Pseudonimização\nPago,Ada M,a@x.example,C,J,S,7\n",
	"Status,Naam van aanwezige,E-mailadres van aanwezige,Bedrijf,Functie,"
	"Staat,Pseudonimisatie-ID\nbetaald,Ada M,a@x.example,C,J,S,7\n",
};

/* In these languages' order: an age and a date of birth, as shops' own heads and
 * as questions have them. */
static const char *const ages[][4] = {
	{ "Alter", "Wie alt sind Sie?", "Geburtsdatum", "Ihr Geburtsdatum" },
	{ "Âge", "Quel âge avez-vous ?", "Date de naissance",
	    "Votre date de naissance :" },
	{ "Edad", "¿Cuántos años tiene?", "Fecha de nacimiento",
	    "Su fecha de nacimiento" },
	{ "Età", "Quanti anni ha?", "Data di nascita",
	    "La sua data di nascita" },
	{ "Idade", "Qual é a sua idade?", "Data de nascimento",
	    "Sua data de nascimento" },
	{ "Leeftijd", "Hoe oud bent u?", "Geboortedatum",
	    "Uw geboortedatum" },
};

/* A head and a row get one column more. */
static void
minor_by(const char *text, const char *head, const char *cell)
{
	size_t first = strcspn(text, "\n"), all = strlen(text) - 1;
	char sep = strchr(text, ';') != NULL ? ';' : ',', more[512];
	struct opened o;

	snprintf(more, sizeof(more), "%.*s%c%s%.*s%c%s\n", (int)first, text,
	    sep, head, (int)(all - first), text + first, sep, cell);
	assert_ok(open_text(&o, more, strlen(more), NULL));
	(void)next(&o);
	assert_int_equal(o.row.use, ROW_TAKE);
	if (o.row.reg.status != REG_MINOR)
		fail_msg("%s: nobody's age", head);
	close_text(&o);
}

/* A minor by a column that nobody knew would have a badge. */
static void
test_ages(void **state)
{
	/* Of pretix' heads those in these languages. */
	static const size_t of[] = { 1, 2, 3, 4, 6, 7 };

	(void)state;
	for (size_t i = 0; i < sizeof(ages) / sizeof(ages[0]); i++)
		for (size_t k = 0; k < 4; k++) {
			minor_by(localised[i], ages[i][k], k < 2 ? "17" :
			    "2010-01-01");
			minor_by(pretix[of[i]], ages[i][k], k < 2 ? "17" :
			    "1.1.2010");
		}
}

static void
test_languages(void **state)
{
	struct opened o;

	(void)state;
	for (size_t i = 0; i < sizeof(localised) / sizeof(localised[0]); i++) {
		assert_ok(open_text(&o, localised[i], strlen(localised[i]),
		    NULL));
		TAKES(&o, "eventbrite:7", "Ada M", "a@x.example", "C", "J", "",
		    "");
		close_text(&o);
	}
	for (size_t i = 0; i < sizeof(pretix) / sizeof(pretix[0]); i++) {
		assert_ok(open_text(&o, pretix[i], strlen(pretix[i]), NULL));
		TAKES(&o, "pretix:7", "Ada M", "a@x.example", "C", "J", "",
		    "S");
		close_text(&o);
	}
}

/* The tables are written as names are compared, and no name means two
 * things. */
static void
test_tables(void **state)
{
	char folded[COLUMN_NAME_MAX + 1];

	(void)state;
	for (size_t i = 0; i < column_table_len; i++)
		for (size_t k = 0; column_table[i].name[k] != NULL; k++) {
			column_fold(column_table[i].name[k], folded);
			assert_string_equal(folded, column_table[i].name[k]);
		}
	for (size_t k = 0; column_invoice[k] != NULL; k++) {
		column_fold(column_invoice[k], folded);
		assert_string_equal(folded, column_invoice[k]);
	}
	column_fold("  E-Mail\n  Address *: ", folded);
	assert_string_equal(folded, "e-mail address");
	column_fold("Numéro d’appel ?", folded);
	assert_string_equal(folded, "numéro d'appel");
}

#define FOUR "Barcode #,Attendee Status,First Name,Last Name,Email"
#define ADA "7,Attending,Ada,M,a@x.example"

static void
one_row(const char *text, const struct map_choice *c, struct opened *o)
{
	assert_ok(open_text(o, text, strlen(text), c));
	(void)next(o);
	assert_int_equal(o->row.use, ROW_TAKE);
}

static void
test_questions(void **state)
{
	static const struct {
		const char *head, *company, *job;
	} cases[] = {
		{ "Which company do you work for?,What is your role?", "1",
		    "2" },
		{ "What is your role in your company?,x", "", "1" },
		{ "Do you work for a company?,Company size", "", "" },
		{ "May partner companies write to you?,Company website", "",
		    "" },
		{ "Buyer company,Invoice: company", "", "" },
		/* Two that ask for it: staff must say which. */
		{ "Your company today?,Your company before?", "", "" },
		/* A name goes before a question, the first name before the
		 * second. */
		{ "Name of your company?,Company", "2", "" },
		{ "Company,Company", "1", "" },
		{ "Bei welcher Firma sind Sie?,Ihre Funktion", "1", "2" },
	};
	struct opened o;
	char text[512];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		snprintf(text, sizeof(text), FOUR ",%s\n" ADA ",1,2\n",
		    cases[i].head);
		one_row(text, NULL, &o);
		assert_string_equal(o.row.reg.values.v[FIELD_COMPANY],
		    cases[i].company);
		assert_string_equal(o.row.reg.values.v[FIELD_JOB_TITLE],
		    cases[i].job);
		close_text(&o);
	}
}

static void
test_choices(void **state)
{
	static const char text[] = FOUR ",Company,Firma (Rechnung),Nr\n" ADA
	    ",C,R,9\n";
	struct map_choice c = { .kind = IMPORT_AUTO };
	struct fault f = { 0 };
	struct opened o;

	(void)state;
	assert_ok(map_choose(&c, "Company=Firma (Rechnung)", &f));
	assert_ok(map_choose(&c, "last NAME=", &f));
	assert_ok(map_choose(&c, "Name=First Name", &f));
	assert_ok(map_choose(&c, "Key=nr", &f));
	one_row(text, &c, &o);
	assert_string_equal(o.row.reg.key, "eventbrite:9");
	assert_string_equal(o.row.reg.values.v[FIELD_COMPANY], "R");
	assert_string_equal(o.row.reg.values.v[FIELD_NAME], "Ada");
	close_text(&o);
	assert_err(map_choose(&c, "Shoe size=x", &f), BW_ERR_FORMAT);
	assert_non_null(strstr(f.text, "nothing that is imported"));
	memset(&f, 0, sizeof(f));
	assert_err(map_choose(&c, "Company", &f), BW_ERR_FORMAT);
	assert_ok(map_choose(&c, "Company=Firm", &f));
	assert_err(open_text(&o, text, strlen(text), &c), BW_ERR_FORMAT);
	assert_non_null(strstr(o.f.text, "no column \"Firm\" for Company"));
	close_text(&o);
}

static void
test_quantity(void **state)
{
	struct opened o;

	(void)state;
	one_row(FOUR ",Quantity\n" ADA ",3\n", NULL, &o);
	assert_int_equal(o.row.quantity, 3);
	close_text(&o);
	one_row(FOUR ",Quantity\n" ADA ",many\n", NULL, &o);
	assert_int_equal(o.row.quantity, 1);
	close_text(&o);
}

static void
test_birth(void **state)
{
	static const struct {
		const char *date;
		int years;		/* -1: none */
	} cases[] = {
		{ "2008-03-01", 18 }, { "2008-03-02", 17 },
		{ "1.3.2008", 18 }, { "02.03.2008", 17 },
		{ " 2008-3-2 ", 17 }, { "31/12/2000", 25 },
		{ "12/31/2000", 25 }, { "2008/03/01", 18 },
		/* 2 March or 3 February 2008: the younger counts. */
		{ "02/03/2008", 17 }, { "03/02/2008", 17 },
		{ "29.02.2008", 18 }, { "29.02.2007", -1 },
		{ "2026-03-02", -1 }, { "1895-01-01", -1 }, { "", -1 },
		{ "2008", -1 }, { "2008-03", -1 }, { "2008-13-01", -1 },
		{ "8.3.08", -1 }, { "2008-03.01", -1 }, { "2008-03-01x", -1 },
		{ "March 2, 2008", -1 }, { "20080-03-01", -1 },
	};
	struct opened o;
	int years;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bw_err r = birth_age(cases[i].date, NOW, &years);

		assert_int_equal(r == BW_OK ? years : -1, cases[i].years);
	}
	/* Beside an age, the younger of both. */
	one_row(FOUR ",Age,Date of birth\n" ADA ",30,2010-01-01\n", NULL, &o);
	assert_int_equal(o.row.reg.status, REG_MINOR);
	close_text(&o);
	assert_ok(open_text(&o, FOUR ",Birthday\n" ADA ",May\n",
	    strlen(FOUR ",Birthday\n" ADA ",May\n"), NULL));
	skips(&o, WHY_BIRTH);
	close_text(&o);
}

/* What hostile cells become: text as it is, or nothing. */
static void
test_hostile_cells(void **state)
{
	static const struct {
		const char *cell, *value;
		int why;
	} cases[] = {
		{ "=1+1", "=1+1", 0 }, { "@SUM(A1)", "@SUM(A1)", 0 },
		{ "-2+3|cmd", "-2+3|cmd", 0 },
		{ "\"<img src=x>\"", "<img src=x>", 0 },
		{ "\"a\r\nSet-Cookie: b\"", "a Set-Cookie: b", 0 },
		{ "\xe2\x80\x8b" "C\xe2\x80\x8f", "C", 0 },
		{ "\xe2\x80\xae" "moc", "", WHY_CONTROL },
		{ "\xe2\x81\xa7" "x", "", WHY_CONTROL },
		{ "a\x1b[2J", "", WHY_CONTROL }, { "a\x7f", "", WHY_CONTROL },
		{ "'; DROP TABLE registration; --",
		    "'; DROP TABLE registration; --", 0 },
	};
	struct opened o;
	char text[512];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		snprintf(text, sizeof(text), FOUR ",Company\n" ADA ",%s\n",
		    cases[i].cell);
		assert_ok(open_text(&o, text, strlen(text), NULL));
		(void)next(&o);
		assert_int_equal(o.row.why.code, cases[i].why);
		if (cases[i].why == 0)
			assert_string_equal(
			    o.row.reg.values.v[FIELD_COMPANY],
			    cases[i].value);
		close_text(&o);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pretix_en),
		cmocka_unit_test(test_pretix_de),
		cmocka_unit_test(test_pretix_invoice),
		cmocka_unit_test(test_languages),
		cmocka_unit_test(test_ages),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_questions),
		cmocka_unit_test(test_choices),
		cmocka_unit_test(test_quantity),
		cmocka_unit_test(test_birth),
		cmocka_unit_test(test_hostile_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
