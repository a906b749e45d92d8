// SPDX-License-Identifier: Apache-2.0
/* Leads and logs as files, from logs that the host has really ingested. */
#include "tests/support/summit.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "host/export_leads.h"
#include "host/export_log.h"
#include "host/leads_cells.h"
#include "host/logfile.h"
#include "host/store_leadperson.h"

#define NAME FIELD_BIT(FIELD_NAME)
#define EMAIL FIELD_BIT(FIELD_EMAIL)
#define COMPANY FIELD_BIT(FIELD_COMPANY)
#define LATER (SUMMIT_NOW + 60)

static struct summit s;
static struct booth b;

static int
set_up(void **state)
{
	(void)state;
	summit_open(&s, NULL);
	booth_open(&b, &s, "k07", "example-corp");
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	booth_close(&b);
	summit_close(&s);
	return 0;
}

static void
send(void)
{
	struct ingest_out out;

	assert_ok(booth_send(&b, &out));
	bw_buf_free(&out.note);
}

static uint64_t
share(size_t person, field_set granted)
{
	struct body body = booth_share(&b, person, granted);

	return booth_add(&b, &body);
}

static char text[65536];
static size_t room;		/* for values; 0: as usual */

static const char *
slurp(const char *name)
{
	struct bw_buf buf = BW_BUF_INIT(sizeof(text) - 1);
	char path[FILE_PATH_MAX];

	assert_ok(file_path(path, s.dir, name));
	assert_ok(file_read(path, &buf));
	memcpy(text, buf.ptr, buf.len);
	text[buf.len] = 0;
	bw_buf_free(&buf);
	return text;
}

/* "P0" in place of the first person's key, and so on. */
static void
name_people(const char *sponsor)
{
	char key[PERSON_KEY_SIZE], *at;
	struct person_keys k;

	assert_ok(person_keys_load(s.store, sponsor, &k));
	for (size_t i = 0; i < SUMMIT_PEOPLE; i++) {
		assert_ok(person_key(&k, s.person[i], key));
		assert_int_equal(strlen(key), PERSON_KEY_SIZE - 1);
		while ((at = strstr(text, key)) != NULL) {
			at[0] = 'P';
			at[1] = (char)('0' + i);
			memmove(at + 2, at + strlen(key),
			    strlen(at + strlen(key)) + 1);
		}
	}
	person_keys_free(&k);
}

static const char *
leads_at(int64_t now, const char *sponsor, enum leads_format format,
    uint64_t want)
{
	char path[FILE_PATH_MAX];
	struct outfile *out;
	uint64_t n;

	assert_ok(file_path(path, s.dir, "leads"));
	assert_ok(outfile_open(&out, path, true));
	assert_ok(export_leads(s.store, &(struct leads_what){ .format = format,
	    .sponsor = sponsor, .now = now, .room = room }, out, &n,
	    NULL));
	assert_ok(outfile_commit(out));
	outfile_close(&out);
	assert_int_equal(n, want);
	slurp("leads");
	if (format != LEADS_XLSX)
		name_people(sponsor);
	return text;
}

static const char *
leads(const char *sponsor, enum leads_format format, uint64_t want)
{
	return leads_at(LATER, sponsor, format, want);
}

#define TIMES "2026-05-05T16:53:20Z,2026-11-01T16:53:20Z,"
#define HEAD "share_id,time,keep_until,sponsor,device,name,email,company," \
	"job_title,work_phone,location,person,policy_version\r\n"
#define NO_NOTE ", \"rating\": null, \"tags\": [], \"answers\": {}, " \
	"\"note\": null"

/* Only what was granted, of what the policy allows, quoted where needed. */
static void
test_csv(void **state)
{
	(void)state;
	assert_string_equal(leads("example-corp", LEADS_CSV, 0), HEAD);
	assert_int_equal(share(0, NAME | EMAIL), 1);
	assert_int_equal(share(0, NAME | EMAIL | COMPANY), 2);
	assert_int_equal(share(2, NAME | EMAIL | COMPANY), 3);
	send();
	assert_string_equal(leads("example-corp", LEADS_CSV, 3), HEAD
	    "k07-1," TIMES "example-corp,k07,Ada Lovelace,"
	    "ada@mail.example,,,,,P0," SUMMIT_VERSION "\r\n"
	    "k07-2," TIMES "example-corp,k07,Ada Lovelace,"
	    "ada@mail.example,\"Engines, Ltd.\",,,,P0," SUMMIT_VERSION "\r\n"
	    "k07-3," TIMES "example-corp,k07,李雷,"
	    "li@mail.example,例え,,,,P2," SUMMIT_VERSION "\r\n");
	assert_string_equal(leads("acme", LEADS_CSV, 0), HEAD);
}

static void
test_json(void **state)
{
	(void)state;
	assert_string_equal(leads("example-corp", LEADS_JSON, 0), "[]\n");
	share(0, NAME | EMAIL);
	share(1, NAME | EMAIL | COMPANY);
	send();
	assert_string_equal(leads("example-corp", LEADS_JSON, 2),
	    "[{\"share_id\": \"k07-1\", \"time\": \"2026-05-05T16:53:20Z\", "
	    "\"keep_until\": \"2026-11-01T16:53:20Z\", "
	    "\"sponsor\": \"example-corp\", \"device\": \"k07\", "
	    "\"name\": \"Ada Lovelace\", \"email\": \"ada@mail.example\", "
	    "\"company\": null, \"job_title\": null, \"work_phone\": null, "
	    "\"location\": null, \"person\": \"P0\", "
	    "\"policy_version\": \"" SUMMIT_VERSION "\"" NO_NOTE "},\n"
	    " {\"share_id\": \"k07-2\", \"time\": \"2026-05-05T16:53:20Z\", "
	    "\"keep_until\": \"2026-11-01T16:53:20Z\", "
	    "\"sponsor\": \"example-corp\", \"device\": \"k07\", "
	    "\"name\": \"Zoë Müller\", \"email\": \"zoe@mail.example\", "
	    "\"company\": \"Łódź GmbH\", \"job_title\": null, "
	    "\"work_phone\": null, \"location\": null, "
	    "\"person\": \"P1\", \"policy_version\": \"" SUMMIT_VERSION
	    "\"" NO_NOTE "}]\n");
}

/* Undone, withdrawn, withheld, or with a field that policy never allowed. */
static void
test_not_released(void **state)
{
	struct body undo = { .kind = ENTRY_UNDO };
	bool moved;

	(void)state;
	undo.u.undo.share_seq = share(0, NAME | EMAIL);
	booth_add(&b, &undo);					/* 1, 2 */
	share(0, NAME | EMAIL | FIELD_BIT(FIELD_WORK_PHONE));	/* 3 */
	share(1, NAME | EMAIL);					/* 4 */
	share(2, NAME | EMAIL);					/* 5 */
	share(0, NAME | EMAIL);					/* 6 */
	send();
	assert_ok(store_begin(s.store));
	assert_ok(store_lead_end(s.store, b.device.num, 4, LEAD_WITHDRAWN,
	    LATER, &moved));
	assert_true(moved);
	assert_ok(store_registration_status(s.store, s.person[2],
	    REG_WITHHELD, LATER));
	assert_ok(store_commit(s.store));
	assert_string_equal(leads("example-corp", LEADS_CSV, 1), HEAD
	    "k07-6," TIMES "example-corp,k07,Ada Lovelace,"
	    "ada@mail.example,,,,,P0," SUMMIT_VERSION "\r\n");
}

/* Whose it is stands at no lead that gives neither name nor address, and for
 * another sponsor somebody is somebody else. */
static void
test_person(void **state)
{
	char one[PERSON_KEY_SIZE], other[PERSON_KEY_SIZE];
	struct person_keys k;

	(void)state;
	share(0, COMPANY);
	share(0, EMAIL);
	send();
	assert_string_equal(leads("example-corp", LEADS_CSV, 2), HEAD
	    "k07-1," TIMES "example-corp,k07,,,"
	    "\"Engines, Ltd.\",,,,," SUMMIT_VERSION "\r\n"
	    "k07-2," TIMES "example-corp,k07,,"
	    "ada@mail.example,,,,,P0," SUMMIT_VERSION "\r\n");
	assert_non_null(strstr(leads("example-corp", LEADS_JSON, 2),
	    "\"person\": null"));
	assert_ok(person_keys_load(s.store, "example-corp", &k));
	assert_ok(person_key(&k, s.person[0], one));
	assert_ok(person_key(&k, s.person[1], other));
	assert_string_not_equal(one, other);
	person_keys_free(&k);
	assert_ok(person_keys_load(s.store, "acme", &k));
	assert_ok(person_key(&k, s.person[0], other));
	assert_string_not_equal(one, other);
	person_keys_free(&k);
}

/* The days of the policy that a share was made under, to the second. */
static void
test_period_over(void **state)
{
	const int64_t end = SUMMIT_NOW + (int64_t)180 * 86400;

	(void)state;
	share(0, NAME | EMAIL);
	b.now += 60;
	share(1, NAME | EMAIL);
	send();
	leads_at(end - 1, "example-corp", LEADS_CSV, 2);
	assert_null(strstr(leads_at(end, "example-corp", LEADS_CSV, 1),
	    "Ada"));
	assert_string_equal(leads_at(end + 60, "example-corp", LEADS_CSV, 0),
	    HEAD);
	assert_string_equal(leads_at(end + 60, "example-corp", LEADS_JSON, 0),
	    "[]\n");
}

/* A lead keeps the values of the badge that was held to the reader. */
static void
test_values_of_the_edition(void **state)
{
	struct registration reg;
	enum store_change change;
	uint64_t id;

	(void)state;
	assert_ok(store_registration_get(s.store, s.person[0], &reg));
	strcpy(reg.values.v[FIELD_NAME], "=HYPERLINK(\"http://x\")");
	assert_ok(store_begin(s.store));
	assert_ok(store_registration_put(s.store, &reg, LATER, &change, &id));
	assert_ok(store_commit(s.store));
	share(0, NAME | EMAIL);
	send();
	assert_non_null(strstr(leads("example-corp", LEADS_CSV, 1),
	    ",Ada Lovelace,"));
}

/* A store that lacks what a lead refers to gives nothing for it, and the rest. */
static void
test_edition_is_gone(void **state)
{
	static const enum leads_format formats[] = { LEADS_CSV, LEADS_JSON,
		LEADS_SALESFORCE, LEADS_CSV_NOTES, LEADS_VCARD, LEADS_XLSX };
	sqlite3 *db;

	(void)state;
	share(0, NAME | EMAIL);
	share(1, NAME | EMAIL);
	send();
	assert_int_equal(sqlite3_open(s.host->db_path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "DELETE FROM edition WHERE id = "
	    "(SELECT edition FROM lead ORDER BY id LIMIT 1)", NULL, NULL,
	    NULL), SQLITE_OK);
	sqlite3_close(db);
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		(void)leads("example-corp", formats[i], 1);
	assert_null(strstr(leads("example-corp", LEADS_CSV, 1), "Ada"));
	assert_non_null(strstr(leads("example-corp", LEADS_JSON, 1), "Zo"));
}

static void
test_sponsor_unknown(void **state)
{
	struct outfile *out;
	uint64_t n;

	(void)state;
	assert_ok(outfile_open(&out, "/dev/null", true));
	assert_err(export_leads(s.store, &(struct leads_what){
	    .sponsor = "nobody", .now = LATER }, out, &n, NULL),
	    BW_ERR_NOTFOUND);
	outfile_close(&out);
}

/* Every other lead as if it had been made under another version. */
static void
change_versions(void)
{
	static const char sql[] = "INSERT INTO policy SELECT 9, 'other', "
	    "source, installed_at FROM policy LIMIT 1;"
	    "INSERT INTO part SELECT 99, 9, sponsor, name, payload, sha256, "
	    "required, optional, valid_from, valid_until, retain_days, notices "
	    "FROM part WHERE sponsor = 'example-corp';"
	    "UPDATE lead SET part = 99 WHERE id & 1 = 0";
	sqlite3 *db;

	assert_int_equal(sqlite3_open(s.host->db_path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* What lines have in common, each has of its own device and version. */
static void
test_devices_and_versions(void **state)
{
	struct ingest_out out;
	struct booth other;
	const char *all;

	(void)state;
	booth_open(&other, &s, "k08", "example-corp");
	for (size_t i = 0; i < 3; i++) {
		struct body body = booth_share(&other, i, NAME);

		share(i, NAME);
		booth_add(&other, &body);
	}
	send();
	assert_ok(booth_send(&other, &out));
	bw_buf_free(&out.note);
	booth_close(&other);
	change_versions();
	all = leads("example-corp", LEADS_CSV, 6);
	for (int i = 0; i < 6; i++) {
		char want[80];

		all = strchr(all, '\n') + 1;
		snprintf(want, sizeof(want), "k0%d-%d," TIMES
		    "example-corp,k0%d,", 7 + i / 3, i % 3 + 1, 7 + i / 3);
		assert_memory_equal(all, want, strlen(want));
		snprintf(want, sizeof(want), ",%s\r\n", i % 3 == 1 ?
		    "other" : SUMMIT_VERSION);
		assert_memory_equal(strchr(all, '\r') + 2 - strlen(want),
		    want, strlen(want));
	}
}

/* More than there are pieces for, one behind the other (leads_line.h). */
static void
version_of(int i, char out[static 3])
{
	snprintf(out, 3, "%c%c", 'a' + i % 3, 'a' + i / 3 % 26);
}

/* The leads as if there had been so many versions, as version_of has them. */
static void
version_all(void)
{
	static const char sql[] = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL "
	    "SELECT i + 1 FROM n WHERE i < 77) INSERT INTO policy SELECT "
	    "100 + i, char(97 + i % 3, 97 + i / 3), source, installed_at FROM "
	    "n, policy WHERE policy.id = 1;"
	    "INSERT INTO part SELECT policy.id, policy.id, sponsor, name, "
	    "payload, sha256, required, optional, valid_from, valid_until, "
	    "retain_days, notices FROM part, policy WHERE policy.id >= 100 "
	    "AND sponsor = 'example-corp' AND policy = 1;"
	    "UPDATE lead SET part = 100 + n % 78 FROM (SELECT id AS this, "
	    "((id & 4294967295) - 1) % 254 + 2 AS n FROM lead) "
	    "WHERE id = this";
	sqlite3 *db;

	assert_int_equal(sqlite3_open(s.host->db_path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void
each_has_its_own(void)
{
	char want[40], version[3], *line, *rest = text;

	(void)leads("example-corp", LEADS_CSV, 508);
	(void)strsep(&rest, "\n");
	for (int i = 0; i < 508; i++) {
		line = strsep(&rest, "\n");
		snprintf(want, sizeof(want), ",k07,Ada %d,", i % 254 + 2);
		assert_non_null(strstr(line, want));
		version_of(i % 254 + 2, version);
		snprintf(want, sizeof(want), ",,,,,P0,%s\r", version);
		assert_non_null(strstr(line, want));
	}
}

/* Many editions and versions: the tables grow, and each line keeps its own; so
 * it does when there are more than are kept. */
static void
test_many_editions(void **state)
{
	struct store_edition e;

	(void)state;
	assert_ok(store_edition_find(s.store, s.badge[0], 1, &e));
	assert_ok(store_begin(s.store));
	for (int i = 2; i <= 255; i++) {
		e.edition = (uint8_t)i;
		snprintf(e.values.v[FIELD_NAME], FIELD_VALUE_MAX, "Ada %d",
		    i);
		assert_ok(store_edition_add(s.store, &e));
	}
	assert_ok(store_commit(s.store));
	for (int round = 0; round < 2; round++)
		for (int i = 2; i <= 255; i++) {
			struct body body = booth_share(&b, 0, NAME | EMAIL);

			body.u.share.edition = (uint8_t)i;
			body.u.share.rh[0] = (uint8_t)round;
			body.u.share.rh[1] = (uint8_t)i;
			booth_add(&b, &body);
		}
	send();
	version_all();
	each_has_its_own();
	room = LEADS_CELLS_LEAST;
	each_has_its_own();
	room = 0;
}

static void
test_log(void **state)
{
	const struct logfile_watch watch = { 0 };
	char path[FILE_PATH_MAX];
	struct logfile_report rep;
	struct fault f = { 0 };
	struct outfile *out;
	uint64_t n;
	int fd;

	(void)state;
	assert_ok(file_path(path, s.dir, "log"));
	share(0, NAME | EMAIL);
	send();
	share(1, NAME | EMAIL);
	send();
	assert_ok(outfile_open(&out, path, true));
	assert_err(export_log(s.store, "k08", out, NULL, &n), BW_ERR_NOTFOUND);
	outfile_close(&out);
	assert_ok(outfile_open(&out, path, true));
	assert_ok(export_log(s.store, "k07", out, NULL, &n));
	assert_ok(outfile_commit(out));
	outfile_close(&out);
	assert_int_equal(n, 3);
	fd = open(path, O_RDONLY);
	assert_ok(logfile_verify(fd, b.device.origin,
	    crypto_key_spki(b.log), &watch, &rep, &f));
	close(fd);
	assert_int_equal(rep.entries, 3);
	assert_int_equal(rep.kinds[ENTRY_SHARE], 2);
	assert_int_equal(rep.deleted, 0);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_csv), TEST(test_json), TEST(test_not_released),
		TEST(test_person), TEST(test_period_over),
		TEST(test_values_of_the_edition), TEST(test_sponsor_unknown),
		TEST(test_devices_and_versions), TEST(test_edition_is_gone),
		TEST(test_many_editions), TEST(test_edition_is_gone),
		TEST(test_log),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
