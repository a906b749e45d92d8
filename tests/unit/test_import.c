// SPDX-License-Identifier: Apache-2.0
#include "tests/support/imports.h"

#include <stdio.h>

#include "base/file.h"
#include "host/import/decode.h"

/* One row that must be skipped, and why. */
static void
skipped(const char *text, const char *says)
{
	struct import_plan *p = taken(text);
	char why[WHY_MAX], german[WHY_MAX];

	assert_int_equal(p->nlines, 1);
	assert_int_equal(p->n[IMPORT_SKIP], 1);
	assert_int_equal(p->line[0].line, 2);
	why_text(&p->line[0].why, p->map.kind, WHY_EN, why);
	why_text(&p->line[0].why, p->map.kind, WHY_DE, german);
	if (strstr(why, says) == NULL)
		print_error("%s\n", why);
	assert_non_null(strstr(why, says));
	assert_true(german[0] != 0 && strcmp(german, why) != 0);
	import_plan_free(&p);
}

static void
refused(const char *text, size_t line, const char *says)
{
	struct import_plan *p;
	struct fault f;

	assert_err(import(text, strlen(text), &p, &f), BW_ERR_FORMAT);
	assert_null(p);
	assert_int_equal(f.line, line);
	if (strstr(f.text, says) == NULL)
		print_error("%s\n", f.text);
	assert_non_null(strstr(f.text, says));
}

static struct bw_buf
data(const char *name)
{
	struct bw_buf b = BW_BUF_INIT(DECODE_FILE_MAX);
	char path[512];

	snprintf(path, sizeof(path), TEST_DIR "/%s", name);
	assert_ok(file_read(path, &b));
	assert_ok(bw_buf_put_u8(&b, 0));
	b.len--;
	return b;
}

static void
test_sample_2025(void **state)
{
	struct bw_buf b = data("data/eventbrite-2025.csv");
	struct registration reg;

	(void)state;
	good((const char *)b.ptr, 63, 0, 0, 17);
	good((const char *)b.ptr, 0, 0, 63, 17);
	reg = get("512881964597562642");
	assert_string_equal(reg.values.v[FIELD_NAME], "Ana María כהן");
	assert_string_equal(reg.values.v[FIELD_EMAIL],
	    "person1.2@例え.example");
	assert_string_equal(reg.values.v[FIELD_COMPANY], "\"Quoted\" Co");
	assert_string_equal(reg.values.v[FIELD_WORK_PHONE],
	    "+81-3-7616-5217");
	/* The buyer is somebody else: so is the place. */
	assert_string_equal(reg.values.v[FIELD_LOCATION], "");
	/* No last name; a leading zero in the barcode. */
	assert_string_equal(get("904213100009082067").values.v[FIELD_NAME],
	    "花子");
	assert_int_equal(get("039219211969514825").status, REG_ATTENDING);
	bw_buf_free(&b);
}

static void
test_sample_classic(void **state)
{
	struct bw_buf b = data("data/eventbrite-classic.csv");
	struct import_plan *p = taken((const char *)b.ptr);
	struct registration reg;

	(void)state;
	assert_int_equal(p->n[IMPORT_ADD], 103);
	assert_int_equal(p->n[IMPORT_SKIP], 17);
	assert_int_equal(p->minors, 6);
	import_plan_free(&p);
	good((const char *)b.ptr, 0, 0, 103, 17);
	reg = get("216097833746934152");	/* aged 17 */
	assert_int_equal(reg.status, REG_MINOR);
	reg = get("886176090240736682");	/* aged 12 */
	assert_int_equal(reg.status, REG_MINOR);
	reg = get("786245613641781891");	/* aged " 34" */
	assert_int_equal(reg.status, REG_ATTENDING);
	assert_string_equal(reg.values.v[FIELD_LOCATION], "القاهرة, Egypt");
	reg = get("300105501722017862");
	assert_string_equal(reg.values.v[FIELD_LOCATION],
	    "San José, CA, United States");
	assert_string_equal(reg.values.v[FIELD_WORK_PHONE],
	    "(415) 555-6960");
	bw_buf_free(&b);
}

static void
test_example(void **state)
{
	struct bw_buf b = data("../tools/example/registrations.csv");

	(void)state;
	good((const char *)b.ptr, 11, 0, 0, 1);
	good((const char *)b.ptr, 0, 0, 11, 1);
	bw_buf_free(&b);
}

static void
test_changes(void **state)
{
	(void)state;
	good(HEAD ROW("1001", "A,,,,\n") ROW("1002", "B,,,,\n"), 2, 0, 0, 0);
	good(HEAD ROW("1001", "A2,,,,\n") ROW("1002", "B,,,,\n"), 0, 1, 1, 0);
	assert_string_equal(get("1001").values.v[FIELD_COMPANY], "A2");
	/* Who stops attending is cancelled, and keeps the values. */
	good(HEAD "Ada,M,a@x.example,Refunded,1001,A3,,,,\n", 0, 1, 0, 0);
	assert_int_equal(get("1001").status, REG_CANCELLED);
	assert_string_equal(get("1001").values.v[FIELD_COMPANY], "A2");
	good(HEAD "Ada,M,a@x.example,Refunded,1001,A3,,,,\n", 0, 0, 1, 0);
	good(HEAD "Info Requested,Info Requested,,Attending,1002,,,,,\n", 0,
	    1, 0, 0);
	assert_int_equal(get("1002").status, REG_CANCELLED);
	/* And attends again. */
	good(HEAD ROW("1001", "A,,,,\n"), 0, 1, 0, 0);
	assert_int_equal(get("1001").status, REG_ATTENDING);
	/* The other layout has the same barcodes. */
	good("Barcode number,Attendee Status,Attendee first name,"
	    "Attendee last name,Attendee email,Company\n"
	    "1001,Attending,Ada,M,a@x.example,A\n", 0, 0, 1, 0);
	assert_int_equal(count(), 2);
}

static void
test_staff_decide(void **state)
{
	uint64_t id;

	(void)state;
	good(HEAD ROW("1001", "A,,,,\n"), 1, 0, 0, 0);
	id = get("1001").id;
	assert_ok(store_begin(store));
	assert_ok(store_registration_status(store, id, REG_WITHHELD, 5));
	assert_ok(store_commit(store));
	good(HEAD ROW("1001", "A,,,,\n"), 0, 0, 1, 0);
	assert_int_equal(get("1001").status, REG_WITHHELD);
	assert_ok(store_begin(store));
	assert_ok(store_registration_status(store, id, REG_DELETED, 5));
	assert_ok(store_commit(store));
	skipped(HEAD ROW("1001", "A,,,,\n"), "erased");
	assert_string_equal(get("1001").values.v[FIELD_NAME], "");
}

static void
test_location_of_purchaser(void **state)
{
#define HEAD2 "Barcode number,Attendee Status,Attendee first name," \
	"Attendee last name,Attendee email,Buyer email,Purchaser city," \
	"Purchaser state,Purchaser country\n"

	(void)state;
	good(HEAD2 "1001,Attending,Ada,M,a@x.example,A@X.example,Cork,,Ireland\n"
	    "1002,Attending,Bob,N,b@x.example,a@x.example,Cork,,Ireland\n"
	    "1003,Attending,Cyd,O,,,Cork,,Ireland\n", 3, 0, 0, 0);
	assert_string_equal(get("1001").values.v[FIELD_LOCATION],
	    "Cork, Ireland");
	assert_string_equal(get("1002").values.v[FIELD_LOCATION], "");
	assert_string_equal(get("1003").values.v[FIELD_LOCATION], "");
}

static void
test_skipped(void **state)
{
	char long_row[600] = HEAD ROW("1001", "");

	(void)state;
	skipped(HEAD ROW("", "A,,,,\n"), "no barcode");
	skipped(HEAD ROW("12 34", "A,,,,\n"), "barcode is not");
	skipped(HEAD "Ada,M,a@x.example,Deleted,1001,,,,,\n", "(Deleted)");
	skipped(HEAD "Ada,M,a@x.example,Sold,1001,,,,,\n", "not one that is");
	skipped(HEAD "Ada,M,a@x.example,,1001,,,,,\n", "no status");
	skipped(HEAD "Info Requested,M,,Attending,1001,,,,,\n", "Info Req");
	skipped(HEAD ",,a@x.example,Attending,1001,,,,,\n", "no name");
	skipped(HEAD "Ada,M,a.x.example,Attending,1001,,,,,\n", "e-mail");
	skipped(HEAD "Ada,M,a@b@c,Attending,1001,,,,,\n", "e-mail");
	skipped(HEAD "Ada,M,@b,Attending,1001,,,,,\n", "e-mail");
	skipped(HEAD ROW("1001", "A,,,,old\n"), "age");
	skipped(HEAD ROW("1001", "A,,,,17-18\n"), "age");
	skipped(HEAD ROW("1001", "A,,,,-3\n"), "age");
	skipped(HEAD ROW("1001", "A\x01,,,,\n"), "its company holds control");
	memset(long_row + strlen(long_row), 'c', 161);
	strcat(long_row, ",,,,\n");
	skipped(long_row, "its company is 161 bytes long, at most 160");
	assert_int_equal(count(), 0);
}

static void
test_long_name(void **state)
{
	char row[600] = HEAD, *at = row + strlen(row);

	(void)state;
	/* Each part fits, the two together do not. */
	memset(at, 'f', 80);
	at[80] = ',';
	memset(at + 81, 'l', 80);
	strcpy(at + 161, ",a@x.example,Attending,1001,,,,,\n");
	skipped(row, "its name is 161 bytes long");
}

static void
test_twice(void **state)
{
	struct import_plan *p = taken(HEAD ROW("1001", "A,,,,\n")
	    ROW("1001", "B,,,,\n"));

	(void)state;
	assert_int_equal(p->n[IMPORT_ADD], 1);
	assert_int_equal(p->n[IMPORT_SKIP], 1);
	assert_int_equal(p->line[1].line, 3);
	assert_int_equal(p->line[1].why.code, WHY_TWICE);
	import_plan_free(&p);
	assert_string_equal(get("1001").values.v[FIELD_COMPANY], "A");
}

static void
test_refused(void **state)
{
	(void)state;
	choice.kind = IMPORT_AUTO;
	refused("Name,Email\n", 1, "neither Eventbrite's");
	choice.kind = IMPORT_PRETIX;
	refused("Name,Email\n", 1, "\"Pseudonymization ID\" is missing");
	choice.kind = IMPORT_EVENTBRITE;
	refused("", 0, "empty");
	refused("Name,Email\n", 1, "\"Barcode #\" (or \"Barcode number\")");
	refused(HEAD ROW("1001", "A,,,,\n") ROW("5.12882E+17", "B,,,,\n"), 3,
	    "rounded");
	refused(HEAD ROW("1001", "A,,,,\n") "x\n", 3, "1 columns");
	refused(HEAD ROW("1001", "A,,,,\n") "\"x", 3, "never closed");
	refused("Event ID," HEAD "1," ROW("1001", "A,,,,\n")
	    "2," ROW("1002", "A,,,,\n"), 3, "another event");
	assert_int_equal(count(), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_sample_2025), TEST(test_sample_classic),
		TEST(test_example), TEST(test_changes),
		TEST(test_staff_decide), TEST(test_location_of_purchaser),
		TEST(test_skipped), TEST(test_long_name), TEST(test_twice),
		TEST(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
