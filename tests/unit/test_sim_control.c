// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <stdio.h>

#include "tools/sim/ntag.h"
#include "tools/sim/sim.h"

static uint8_t file[1024];
static size_t file_len;
static char at_path[64];

static bw_err
read_it(const char *path, struct bw_buf *b)
{
	if (strcmp(path, at_path) != 0)
		return BW_ERR_NOTFOUND;
	return bw_buf_put(b, file, file_len);
}

static bw_err
write_it(const char *path, const void *ptr, size_t len, mode_t mode)
{
	(void)mode;
	if (strlen(path) >= sizeof(at_path) || len > sizeof(file))
		return BW_ERR_FULL;
	strcpy(at_path, path);
	memcpy(file, ptr, len);
	file_len = len;
	return BW_OK;
}

static const struct sim_files files = { read_it, write_it };

static int
begin(void **state)
{
	struct sim *s = calloc(1, sizeof(*s));

	assert_ok(sim_init(s, "/nowhere/tty"));
	s->files = &files;
	at_path[0] = 0;
	*state = s;
	return 0;
}

static int
end(void **state)
{
	struct sim *s = *state;

	sim_free(s);
	free(s);
	return 0;
}

/* Do a command; its answer without the newline, "later" when it waits. */
static const char *
ask(struct sim *s, const char *line)
{
	static char text[CONTROL_ANSWER];
	struct bw_buf out = BW_BUF_INIT(CONTROL_ANSWER);
	struct control_waiting wait;

	control_line(s, line, &out, &wait);
	if (wait.what != WAIT_NOTHING)
		return "later";
	assert_true(out.len > 0 && out.ptr[out.len - 1] == '\n');
	assert_null(memchr(out.ptr, '\n', out.len - 1));
	memcpy(text, out.ptr, out.len - 1);
	text[out.len - 1] = 0;
	bw_buf_free(&out);
	return text;
}

static void
is_ok(struct sim *s, const char *line)
{
	const char *answer = ask(s, line);

	if (strncmp(answer, "ok", 2) != 0)
		fail_msg("%s: %s", line, answer);
}

static void
is_err(struct sim *s, const char *line, const char *part)
{
	const char *answer = ask(s, line);

	if (strncmp(answer, "err ", 4) != 0 || strstr(answer, part) == NULL)
		fail_msg("%s: %s", line, answer);
}

static void
tags_come_and_go(void **state)
{
	struct sim *s = *state;

	is_ok(s, "tag add ada ntag215 04A1b2c3d4e580");
	is_err(s, "tag add ada ntag215 04a1b2c3d4e581", "taken");
	is_err(s, "tag add bob ntag215 04a1b2c3d4e580", "taken");
	is_err(s, "tag add bob ntag214 04a1b2c3d4e581", "ntag213");
	is_err(s, "tag add Bob ntag215 04a1b2c3d4e581", "a-z");
	is_err(s, "tag add bob ntag215 04a1b2c3d4e5", "14 hex");
	is_err(s, "tag add bob classic 04a1b2c3d4e5", "8 hex");
	is_err(s, "tag add bob ntag215 88a1b2c3d4e581", "88");
	is_err(s, "tag add bob ntag215", "usage");
	is_err(s, "tag present bob", "no tag");
	is_ok(s, "  tag   present\tada ");
	assert_true(tags_find(&s->tags, "ada")->present);
	is_ok(s, "tag remove ada");
	assert_false(tags_find(&s->tags, "ada")->present);
	is_ok(s, "tag delete ada");
	assert_int_equal(s->tags.n, 0);
	is_err(s, "tag delete ada", "no tag");
}

static void
images_in_and_out(void **state)
{
	struct sim *s = *state;
	struct tag *t;

	strcpy(at_path, "/tmp/with blank");
	file_len = 504;
	for (size_t i = 0; i < sizeof(file); i++)
		file[i] = (uint8_t)(i + 1);
	is_ok(s, "tag add ada ntag215 04a1b2c3d4e580 /tmp/with blank");
	t = tags_find(&s->tags, "ada");
	assert_memory_equal(t->mem + 16, file, 504);
	assert_memory_equal(t->mem + 520, "\0\0\0\xbd", 4);
	file_len = 3;
	is_ok(s, "tag load ada /tmp/with blank");
	assert_memory_equal(t->mem + 16, "\x01\x02\x03\x00", 4);
	file_len = 505;
	is_err(s, "tag load ada /tmp/with blank", "504");
	is_err(s, "tag add bob ntag215 04a1b2c3d4e581 /nope", "cannot read");
	assert_null(tags_find(&s->tags, "bob"));
	assert_string_equal(ask(s, "tag dump ada /tmp/x"), "ok 540");
	assert_int_equal(file_len, 540);
	assert_memory_equal(file, "\x04\xa1\xb2", 3);
	is_ok(s, "tag add city classic aabbccdd");
	is_err(s, "tag dump city /tmp/x", "no memory");
	is_err(s, "tag load city /tmp/x", "no memory");
	is_ok(s, "tag poke ada 3 E1103e0f");
	assert_memory_equal(t->mem + 12, "\xe1\x10\x3e\x0f", 4);
	is_err(s, "tag poke ada 135 00000000", "usage");
	is_err(s, "tag poke ada 3 e110", "usage");
	is_ok(s, "tag wear ada 134");
	assert_int_equal(t->worn_page, 134);
	is_err(s, "tag wear ada 135", "usage");
	is_ok(s, "tag tear ada 3");
	assert_int_equal(t->tear, TEAR_READS);
	is_ok(s, "tag tear ada 0 torn");
	assert_int_equal(t->tear, TEAR_TORN);
	is_err(s, "tag tear ada x", "number");
	is_err(s, "tag tear ada 1 never", "reads");
}

static void
faults_are_told(void **state)
{
	struct sim *s = *state;
	const struct faults *f = &s->chip.faults;

	is_ok(s, "fault nak");
	is_ok(s, "fault crc 3");
	is_ok(s, "fault timeout at 4");
	is_ok(s, "fault garbage 2 at 5 on 4A");
	is_ok(s, "fault silent");
	is_ok(s, "fault error all");
	assert_int_equal(f->n, 6);
	assert_int_equal(f->fault[1].count, 3);
	assert_int_equal(f->fault[2].skip, 3);
	assert_int_equal(f->fault[3].code, 0x4a);
	assert_int_equal(f->fault[3].count, 2);
	assert_int_equal(f->fault[3].skip, 4);
	assert_int_equal(f->fault[4].count, FAULT_ALWAYS);
	assert_int_equal(f->fault[5].count, FAULT_ALWAYS);
	assert_non_null(strstr(ask(s, "state"),
	    "{\"kind\":\"crc\",\"skip\":0,\"count\":3}"));
	is_err(s, "fault nope", "status80");
	is_err(s, "fault nak 0", "usage");
	is_err(s, "fault nak at 0", "usage");
	is_err(s, "fault nak 1 on", "usage");
	is_err(s, "fault nak 1 sometimes", "usage");
	is_err(s, "fault none", "one of");
	is_ok(s, "fault clear");
	assert_int_equal(f->n, 0);
	for (int i = 0; i < FAULTS_MAX; i++)
		is_ok(s, "fault nak");
	is_err(s, "fault nak", "too many");
}

static void
the_rest(void **state)
{
	struct sim *s = *state;
	char line[3000];

	assert_string_equal(ask(s, "field"), "ok off");
	assert_string_equal(ask(s, "wait foo"), "err usage: wait field "
	    "on|off MS or wait command CODE MS");
	assert_string_equal(ask(s, "wait field off 0"), "ok off");
	assert_string_equal(ask(s, "wait field on 100"), "later");
	assert_string_equal(ask(s, "wait command 4a 100"), "later");
	is_err(s, "wait field maybe 1", "usage");
	is_err(s, "wait field on soon", "time");
	is_err(s, "wait command 4 1", "usage");
	is_ok(s, "pace on");
	assert_true(s->chip.pace);
	is_err(s, "pace", "usage");
	is_ok(s, "mark begin");
	is_err(s, "mark \"", "mark");
	is_ok(s, "chip reset");
	is_ok(s, "unplug");
	is_ok(s, "help");
	is_err(s, "", "no such");
	is_err(s, "tag", "usage: tag add");
	is_err(s, "tagadd", "no such");
	is_err(s, "field now", "usage");
	memset(line, 'x', sizeof(line) - 1);
	line[sizeof(line) - 1] = 0;
	is_err(s, line, "no such");
	assert_non_null(strstr(ask(s, "state"), "\"link\":\"/nowhere/tty\""));
	assert_false(s->quit);
	is_ok(s, "quit");
	assert_true(s->quit);
}

/* A long list of tags with long names still is one line. */
static void
state_fits(void **state)
{
	struct sim *s = *state;
	char line[128];

	for (int i = 0; i < TAGS_MAX; i++) {
		snprintf(line, sizeof(line), "tag add "
		    "abcdefghijklmnopqrstuvwxyz0123%02d ntag213 "
		    "04a1b2c3d4e5%02x", i, (unsigned)i);
		is_ok(s, line);
	}
	is_err(s, "tag add more ntag213 04a1b2c3d4e5ff", "cannot");
	for (int i = 0; i < FAULTS_MAX; i++)
		is_ok(s, "fault status80 999999 at 999999 on 4a");
	is_ok(s, "state");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		T(tags_come_and_go), T(images_in_and_out), T(faults_are_told),
		T(the_rest), T(state_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
