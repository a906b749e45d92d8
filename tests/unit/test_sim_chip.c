// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <stdio.h>

#include "base/text.h"
#include "tools/sim/chip.h"
#include "tools/sim/ntag.h"

#define SESSION TEST_DIR "/vectors/pn532_session.txt"
#define TOLD_MAX 16384

/* A chip whose every word is kept. */
struct bench {
	struct chip chip;
	struct tags tags;
	uint8_t told[TOLD_MAX];
	size_t ntold;
	int field_on, field_off, faults, left, unplugged;
};

static void
keep(void *ctx, const uint8_t *wire, size_t len)
{
	struct bench *b = ctx;

	assert_true(b->ntold + len <= TOLD_MAX);
	memcpy(b->told + b->ntold, wire, len);
	b->ntold += len;
}

static void
ignore(void *ctx, uint8_t code, const char *name, const uint8_t *data,
    size_t len)
{
	(void)ctx;
	(void)code;
	(void)data;
	(void)len;
	assert_non_null(name);
}

static void
field(void *ctx, bool on)
{
	struct bench *b = ctx;

	*(on ? &b->field_on : &b->field_off) += 1;
}

static void
fault(void *ctx, enum fault_kind kind)
{
	(void)kind;
	((struct bench *)ctx)->faults++;
}

static void
left(void *ctx, const struct tag *t)
{
	(void)t;
	((struct bench *)ctx)->left++;
}

static void
unplug(void *ctx)
{
	struct bench *b = ctx;

	b->unplugged++;
	chip_reset(&b->chip);
}

static const struct chip_ops ops = { keep, ignore, ignore, field, fault, left,
	unplug };

static struct tag *
add(struct bench *b, const char *kind, const char *name, const char *uid)
{
	uint8_t id[TAG_UID_MAX];
	const struct tag_kind *k = tag_kind_find(kind);

	assert_ok(text_unhex(uid, id, k->uid_len));
	assert_ok(tags_add(&b->tags, k, name, id));
	return tags_find(&b->tags, name);
}

static int
begin(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));

	chip_init(&b->chip, &ops, b, &b->tags);
	*state = b;
	return 0;
}

static int
end(void **state)
{
	struct bench *b = *state;

	tags_free(&b->tags);
	free(b);
	return 0;
}

/* Send a command given in hex (code and parameters) at a time; the answer's
 * bytes behind the code as hex, "-" when there was none but an ACK, "" when
 * there was nothing at all, "error" for the error frame. */
static const char *
ask(struct bench *b, const char *hex, int64_t now)
{
	static char text[2 * FRAME_DATA_MAX + 1];
	uint8_t data[FRAME_DATA_MAX] = { FRAME_TO_CHIP }, wire[FRAME_WIRE_MAX];
	struct frame_rx rx = { 0 };
	size_t n = strlen(hex) / 2, i;

	assert_ok(text_unhex(hex, data + 1, n));
	chip_receive(&b->chip, (const uint8_t *)"\x55\x55", 2, now);
	b->ntold = 0;
	n = frame_build(wire, data, n + 1);
	chip_receive(&b->chip, wire, n, now);
	if (b->ntold == 0)
		return "";
	assert_memory_equal(b->told, frame_ack, 6);
	if (b->ntold == 6)
		return "-";
	if (b->ntold == 14 && memcmp(b->told + 6, frame_error, 8) == 0)
		return "error";
	for (i = 6; i < b->ntold; i++)
		if (frame_feed(&rx, b->told[i]) == FRAME_DATA)
			break;
	assert_true(i < b->ntold);
	assert_int_equal(rx.data[0], FRAME_TO_HOST);
	assert_int_equal(rx.data[1], data[1] + 1);
	text_hex(rx.data + 2, rx.len - 2, text);
	return text;
}

/* libnfc's bytes give the recorded answers, byte for byte. */
static void
replays_a_session(void **state)
{
	struct bench *b = *state;
	char line[2048];
	uint8_t wire[1024];
	size_t n = 0, answers = 0;
	int64_t now = 0;
	FILE *f = fopen(SESSION, "r");

	assert_non_null(f);
	chip_tag_present(&b->chip, add(b, "ntag213", "ada", "04a1b2c3d4e580"),
	    true, 0);
	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = 0;
		n = line[0] == '#' ? 0 : strlen(line + 2) / 2;
		if (n > 0)
			assert_ok(text_unhex(line + 2, wire, n));
		if (line[0] == '>') {
			b->ntold = 0;
			chip_receive(&b->chip, wire, n, now);
			while (chip_due(&b->chip) != CHIP_NEVER)
				chip_tick(&b->chip,
				    now = chip_due(&b->chip));
		} else if (line[0] == '<') {
			assert_int_equal(b->ntold, n);
			assert_memory_equal(b->told, wire, n);
			answers++;
		}
	}
	fclose(f);
	assert_true(answers > 30);
	assert_false(b->chip.field);
	assert_false(b->chip.awake);
}

static void
sleeps_until_it_is_woken(void **state)
{
	static const uint8_t version[] = { 0, 0, 0xff, 2, 0xfe, 0xd4, 2, 0x2a };
	struct bench *b = *state;

	chip_receive(&b->chip, version, sizeof(version), 0);
	assert_int_equal(b->ntold, 0);
	assert_string_equal(ask(b, "02", 0), "32010607");
	assert_string_equal(ask(b, "16f0", 0), "00");
	b->ntold = 0;
	chip_receive(&b->chip, version, sizeof(version), 0);
	assert_int_equal(b->ntold, 0);
	assert_string_equal(ask(b, "02", 0), "32010607");
	chip_reset(&b->chip);
	b->ntold = 0;
	chip_receive(&b->chip, version, sizeof(version), 0);
	assert_int_equal(b->ntold, 0);
}

static void
field_is_what_the_commands_say(void **state)
{
	struct bench *b = *state;

	assert_string_equal(ask(b, "140100", 0), "");
	assert_string_equal(ask(b, "320101", 0), "");
	assert_true(b->chip.field);
	assert_string_equal(ask(b, "066304", 0), "83");
	assert_string_equal(ask(b, "320100", 0), "");
	assert_false(b->chip.field);
	assert_string_equal(ask(b, "08630483", 0), "");	/* by the drivers */
	assert_true(b->chip.field);
	assert_string_equal(ask(b, "08630480", 0), "");
	assert_false(b->chip.field);
	assert_string_equal(ask(b, "32050001ff", 0), "");
	assert_false(b->chip.field);
	assert_string_equal(ask(b, "4a0100", 0), "-");	/* and so by these */
	assert_true(b->chip.field);
	assert_string_equal(ask(b, "320100", 0), "");
	assert_string_equal(ask(b, "60010110", 0), "-");
	assert_true(b->chip.field);
	assert_string_equal(ask(b, "320100", 0), "");
	assert_string_equal(ask(b, "4260", 0), "-");
	assert_true(b->chip.field);
	assert_string_equal(ask(b, "16f0", 0), "00");
	assert_false(b->chip.field);
	assert_int_equal(b->field_on, 5);
	assert_int_equal(b->field_off, 5);
}

static void
selecting_takes_its_tries(void **state)
{
	struct bench *b = *state;

	/* Three tries of 3.6 ms. */
	assert_string_equal(ask(b, "3205000102", 0), "");
	assert_string_equal(ask(b, "4a0100", 1000), "-");
	assert_int_equal(chip_due(&b->chip), 1000 + 3 * 3600);
	chip_tick(&b->chip, 11799);
	assert_int_equal(b->ntold, 6);
	chip_tick(&b->chip, 11800);
	assert_memory_equal(b->told + 6, "\0\0\xff\x03\xfd\xd5\x4b\0\xe0\0",
	    10);
	/* For ever: until a tag comes. */
	assert_string_equal(ask(b, "32050001ff", 0), "");
	assert_string_equal(ask(b, "4a0100", 0), "-");
	assert_int_equal(chip_due(&b->chip), CHIP_NEVER);
	chip_tag_present(&b->chip, add(b, "ntag215", "ada", "04a1b2c3d4e580"),
	    true, 5000000);
	assert_int_equal(b->ntold, 6 + 7 + 15);
	/* An ACK from the host ends it. */
	chip_tag_present(&b->chip, tags_find(&b->tags, "ada"), false, 0);
	assert_string_equal(ask(b, "4a0100", 0), "-");
	chip_receive(&b->chip, frame_ack, 6, 0);
	chip_tag_present(&b->chip, tags_find(&b->tags, "ada"), true, 0);
	assert_int_equal(b->ntold, 6);
}

static void
two_tags_are_two_targets(void **state)
{
	struct bench *b = *state;
	struct tag *ada = add(b, "ntag215", "ada", "04a1b2c3d4e580");
	struct tag *bob = add(b, "ntag213", "bob", "04ffeeddccbb80");

	chip_tag_present(&b->chip, ada, true, 0);
	chip_tag_present(&b->chip, bob, true, 0);
	assert_string_equal(ask(b, "4a0200", 0), "02"
	    "0100440007" "04a1b2c3d4e580" "0200440007" "04ffeeddccbb80");
	/* Each is read by its number; they take turns. */
	assert_string_equal(ask(b, "40013000", 0),
	    "0004a1b29fc3d4e5807248""0000e1103e00");
	assert_string_equal(ask(b, "40023000", 0),
	    "0004ffee9dddccbb802a48""0000e1101200");
	assert_string_equal(ask(b, "40013003", 0),
	    "00e1103e000300fe000000000000000000");
	/* Deselected tags are halted: the next search does not see them. */
	assert_string_equal(ask(b, "320100", 0), "");
	assert_string_equal(ask(b, "4a0100", 0), "010100440007"
	    "04a1b2c3d4e580");
	assert_string_equal(ask(b, "4400", 0), "00");
	assert_string_equal(ask(b, "4a0100", 0), "010100440007"
	    "04ffeeddccbb80");
	assert_string_equal(ask(b, "4400", 0), "00");
	assert_string_equal(ask(b, "4a0100", 0), "-");
	assert_string_equal(ask(b, "320100", 0), "");
	/* One of them by name. */
	assert_string_equal(ask(b, "4a01008804ffeeddccbb80", 0),
	    "01010044000704ffeeddccbb80");
	assert_string_equal(ask(b, "5202", 0), "27");
	assert_string_equal(ask(b, "5200", 0), "00");
	assert_string_equal(ask(b, "40013000", 0), "27");
}

static void
exchanges_with_and_without_crc(void **state)
{
	struct bench *b = *state;
	struct tag *ada = add(b, "ntag215", "ada", "04a1b2c3d4e580");

	chip_tag_present(&b->chip, ada, true, 0);
	assert_string_equal(ask(b, "40013000", 0), "27");	/* no target */
	assert_string_equal(ask(b, "4a0100", 0), "010100440007"
	    "04a1b2c3d4e580");
	assert_string_equal(ask(b, "4001a20601020304", 0), "00");
	assert_memory_equal(ada->mem + 24, "\x01\x02\x03\x04", 4);
	/* The chip lets no NTAG command through InDataExchange. */
	assert_string_equal(ask(b, "40013a0405", 0), "13");
	assert_string_equal(ask(b, "423a0405", 0), "000300fe0000000000");
	/* 65 pages fit into an answer, 66 do not. */
	assert_int_equal(strlen(ask(b, "423a0444", 0)), 2 + 2 * 260);
	assert_string_equal(ask(b, "423a0445", 0), "07");
	/* With the CRC left to the host it comes along, and a NAK is heard. */
	assert_string_equal(ask(b, "08630200630300", 0), "");
	assert_int_equal(strlen(ask(b, "42300426ee", 0)), 2 + 2 * 18);
	assert_string_equal(ask(b, "42300426ef", 0), "0001");
	assert_string_equal(ask(b, "06633c", 0), "04");
}

static void
registers_shape_raw_frames(void **state)
{
	struct bench *b = *state;

	chip_tag_present(&b->chip, add(b, "ntag215", "ada", "04a1b2c3d4e580"),
	    true, 0);
	assert_string_equal(ask(b, "08630200630300", 0), "");
	assert_string_equal(ask(b, "08633d07", 0), "");
	assert_string_equal(ask(b, "4226", 0), "004400");
	assert_string_equal(ask(b, "08633d00", 0), "");
	assert_string_equal(ask(b, "429320", 0), "008804a1b29f");
	chip_tag_present(&b->chip, add(b, "ntag213", "bob", "04ffeeddccbb80"),
	    true, 0);
	/* Two that answer at once collide. */
	assert_string_equal(ask(b, "320100", 0), "");
	assert_string_equal(ask(b, "08633d07", 0), "");
	assert_string_equal(ask(b, "4226", 0), "004400");	/* the same */
	assert_string_equal(ask(b, "08633d00", 0), "");
	assert_string_equal(ask(b, "429320", 0), "06");
}

static void
a_tag_that_is_gone_times_out(void **state)
{
	struct bench *b = *state;
	struct tag *ada = add(b, "ntag215", "ada", "04a1b2c3d4e580");

	chip_tag_present(&b->chip, ada, true, 0);
	ask(b, "4a0100", 0);
	ada->tear = TEAR_READS;
	ada->tear_left = 1;
	assert_int_equal(strlen(ask(b, "40013004", 0)), 34);
	assert_int_equal(b->left, 1);
	assert_string_equal(ask(b, "40013004", 0), "-");
	assert_int_equal(chip_due(&b->chip), 51200);
	chip_tick(&b->chip, 51200);
	assert_memory_equal(b->told + 11, "\xd5\x41\x01", 3);
}

static void
paces_like_line_and_air(void **state)
{
	struct bench *b = *state;
	int64_t now = 0;

	chip_tag_present(&b->chip, add(b, "ntag216", "ada", "04a1b2c3d4e580"),
	    true, 0);
	ask(b, "4a0100", 0);
	b->chip.pace = true;
	for (int i = 0; i < 56; i++) {
		assert_string_equal(ask(b, "40013004", now), "");
		while (chip_due(&b->chip) != CHIP_NEVER)
			chip_tick(&b->chip, now = chip_due(&b->chip));
		assert_int_equal(b->ntold, 6 + 26);
	}
	assert_in_range(now, 320000, 345000);
	now = 0;
	for (int i = 0; i < 4; i++) {
		assert_string_equal(ask(b, "423a043b", now), "");
		while (chip_due(&b->chip) != CHIP_NEVER)
			chip_tick(&b->chip, now = chip_due(&b->chip));
	}
	assert_in_range(now, 160000, 172000);
}

static void
polls_by_period(void **state)
{
	struct bench *b = *state;
	int64_t now = 0;

	/* Two types, three rounds, 300 ms each. */
	assert_string_equal(ask(b, "6003022010", 0), "-");
	while (chip_due(&b->chip) != CHIP_NEVER)
		chip_tick(&b->chip, now = chip_due(&b->chip));
	assert_int_equal(now, 6 * 300000);
	assert_memory_equal(b->told + 6, "\0\0\xff\x03\xfd\xd5\x61\0", 8);
	chip_tag_present(&b->chip, add(b, "type4", "tel", "05112233445566"),
	    true, 0);
	chip_tag_present(&b->chip, add(b, "ntag213", "ada", "04a1b2c3d4e580"),
	    true, 0);
	assert_string_equal(ask(b, "60ff0120", 0), "01" "2012"
	    "0103442007" "05112233445566" "067577810280");
	assert_string_equal(ask(b, "60ff0110", 0), "01" "100c"
	    "0100440007" "04a1b2c3d4e580");
}

static void
add_fault(struct bench *b, enum fault_kind kind, uint32_t skip, uint32_t count,
    int code)
{
	assert_ok(faults_add(&b->chip.faults,
	    (struct fault){ kind, skip, count, code }));
}

static void
faults_hit_when_they_should(void **state)
{
	struct bench *b = *state;

	chip_tag_present(&b->chip, add(b, "ntag215", "ada", "04a1b2c3d4e580"),
	    true, 0);
	add_fault(b, FAULT_CRC, 1, 2, -1);
	ask(b, "4a0100", 0);	/* has no status byte: passes by */
	assert_int_equal(strlen(ask(b, "40013004", 0)), 34);
	assert_string_equal(ask(b, "40013004", 0), "02");
	assert_string_equal(ask(b, "423004", 0), "02");
	assert_int_equal(strlen(ask(b, "40013004", 0)), 34);
	add_fault(b, FAULT_STATUS80, 0, 1, -1);
	assert_string_equal(ask(b, "40013004", 0), "80");
	add_fault(b, FAULT_ERROR, 0, 1, 0x02);
	assert_int_equal(strlen(ask(b, "40013004", 0)), 34);
	assert_string_equal(ask(b, "02", 0), "error");
	assert_string_equal(ask(b, "02", 0), "32010607");
	add_fault(b, FAULT_SILENT, 0, FAULT_ALWAYS, -1);
	assert_string_equal(ask(b, "02", 0), "");
	assert_string_equal(ask(b, "02", 0), "");
	b->chip.faults.n = 0;
	add_fault(b, FAULT_MUTE, 0, 1, -1);
	assert_string_equal(ask(b, "02", 0), "-");
	add_fault(b, FAULT_NAK, 0, 1, -1);
	assert_string_equal(ask(b, "40013004", 0), "13");
	assert_int_equal(tags_find(&b->tags, "ada")->state, TAG_IDLE);
	add_fault(b, FAULT_UNPLUG, 0, 1, -1);
	assert_string_equal(ask(b, "02", 0), "");
	assert_int_equal(b->unplugged, 1);
	add_fault(b, FAULT_RESET, 0, 1, -1);
	assert_string_equal(ask(b, "02", 0), "");
	assert_int_equal(b->faults, 10);
	assert_int_equal(b->chip.faults.n, 0);
}

static void
nack_repeats_the_answer(void **state)
{
	static const uint8_t nack[] = { 0, 0, 0xff, 0xff, 0, 0 };
	struct bench *b = *state;
	size_t n;

	ask(b, "02", 0);
	n = b->ntold - 6;
	chip_receive(&b->chip, nack, sizeof(nack), 0);
	assert_int_equal(b->ntold, 6 + 2 * n);
	assert_memory_equal(b->told + 6, b->told + 6 + n, n);
}

static void
syntax_errors(void **state)
{
	struct bench *b = *state;

	assert_string_equal(ask(b, "77", 0), "error");
	assert_string_equal(ask(b, "4a01", 0), "error");
	assert_string_equal(ask(b, "06", 0), "error");
	assert_string_equal(ask(b, "02", 0), "32010607");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		T(replays_a_session), T(sleeps_until_it_is_woken),
		T(field_is_what_the_commands_say),
		T(selecting_takes_its_tries), T(two_tags_are_two_targets),
		T(exchanges_with_and_without_crc),
		T(registers_shape_raw_frames),
		T(a_tag_that_is_gone_times_out), T(paces_like_line_and_air),
		T(polls_by_period), T(faults_hit_when_they_should),
		T(nack_repeats_the_answer), T(syntax_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
