// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "kiosk/touch.h"

/* One movement: what the finger does, where, when, and what is tapped by it. */
struct move {
	enum touch_kind kind;
	int finger;
	const char *hit;
	int64_t at;
	const char *tap;	/* NULL: nothing */
	const char *pressed;	/* afterwards */
};

#define MOVES 8
struct row {
	const char *what;
	int64_t changed_at;	/* the screen changes before move n of */
	int changed_before;	/* this number; -1: never */
	struct move move[MOVES];
};

#define DOWN TOUCH_DOWN
#define MOVE TOUCH_MOVE
#define UP TOUCH_UP
#define END { UP, -1, NULL, 0, NULL, NULL }

static const struct row table[] = {
	{ "a tap acts on release", 0, -1, {
		{ DOWN, 0, "share", 10, NULL, "share" },
		{ UP, 0, "share", 90, "share", NULL }, END } },
	{ "moving on the widget is still a tap", 0, -1, {
		{ DOWN, 0, "share", 10, NULL, "share" },
		{ MOVE, 0, "share", 20, NULL, "share" },
		{ UP, 0, "share", 90, "share", NULL }, END } },
	{ "dragging off cancels", 0, -1, {
		{ DOWN, 0, "share", 10, NULL, "share" },
		{ MOVE, 0, NULL, 20, NULL, NULL },
		{ UP, 0, NULL, 90, NULL, NULL }, END } },
	{ "coming back before the release takes it up again", 0, -1, {
		{ DOWN, 0, "share", 10, NULL, "share" },
		{ MOVE, 0, "decline", 20, NULL, NULL },
		{ MOVE, 0, "share", 30, NULL, "share" },
		{ UP, 0, "share", 90, "share", NULL }, END } },
	{ "releasing on another widget is no tap on either", 0, -1, {
		{ DOWN, 0, "decline", 10, NULL, "decline" },
		{ UP, 0, "share", 90, NULL, NULL }, END } },
	{ "dragging on to a widget from nowhere is no tap", 0, -1, {
		{ DOWN, 0, NULL, 10, NULL, NULL },
		{ MOVE, 0, "share", 20, NULL, NULL },
		{ UP, 0, "share", 90, NULL, NULL }, END } },
	{ "a touch in the first 0.7 s is ignored", 1000, 0, {
		{ DOWN, 0, "share", 1699, NULL, NULL },
		{ UP, 0, "share", 1699, NULL, NULL }, END } },
	{ "also when it is released later", 1000, 0, {
		{ DOWN, 0, "share", 1699, NULL, NULL },
		{ MOVE, 0, "share", 1800, NULL, NULL },
		{ UP, 0, "share", 2500, NULL, NULL },
		{ DOWN, 0, "share", 2600, NULL, "share" },
		{ UP, 0, "share", 2700, "share", NULL }, END } },
	{ "after 0.7 s it counts", 1000, 0, {
		{ DOWN, 0, "share", 1700, NULL, "share" },
		{ UP, 0, "share", 1701, "share", NULL }, END } },
	{ "a change under the finger makes it count no more", 1000, 1, {
		{ DOWN, 0, "share", 900, NULL, "share" },
		{ UP, 0, "share", 5000, NULL, NULL },
		{ DOWN, 0, "share", 5100, NULL, "share" },
		{ UP, 0, "share", 5200, "share", NULL }, END } },
	{ "two fingers never count", 0, -1, {
		{ DOWN, 0, "share", 10, NULL, "share" },
		{ DOWN, 1, "share", 20, NULL, NULL },
		{ UP, 1, "share", 30, NULL, NULL },
		{ UP, 0, "share", 40, NULL, NULL }, END } },
	{ "nor a new finger before all are up", 0, -1, {
		{ DOWN, 0, NULL, 10, NULL, NULL },
		{ DOWN, 1, "share", 20, NULL, NULL },
		{ UP, 1, "share", 30, NULL, NULL },
		{ DOWN, 1, "share", 40, NULL, NULL },
		{ UP, 1, "share", 50, NULL, NULL },
		{ UP, 0, NULL, 60, NULL, NULL },
		{ DOWN, 2, "share", 70, NULL, "share" },
		{ UP, 2, "share", 80, "share", NULL } } },
	{ "a release without a press is nothing", 0, -1, {
		{ UP, 0, "share", 10, NULL, NULL },
		{ DOWN, 0, "share", 20, NULL, "share" },
		{ UP, 0, "share", 30, "share", NULL }, END } },
};

static void
run(const struct row *r)
{
	char out[UI_NAME_MAX];
	struct touch t;

	touch_init(&t);
	for (int i = 0; i < MOVES && r->move[i].finger >= 0; i++) {
		const struct move *m = &r->move[i];
		const char *p;
		bool tap;

		if (i == r->changed_before)
			touch_changed(&t, r->changed_at);
		tap = touch_step(&t, m->kind, m->finger, m->hit, m->at, out);
		p = touch_pressed(&t);
		if (tap != (m->tap != NULL) ||
		    strcmp(out, m->tap != NULL ? m->tap : "") != 0)
			fail_msg("%s: move %d gave \"%s\"", r->what, i, out);
		if ((p == NULL) != (m->pressed == NULL) ||
		    (p != NULL && strcmp(p, m->pressed) != 0))
			fail_msg("%s: move %d leaves \"%s\" pressed", r->what,
			    i, p != NULL ? p : "nothing");
	}
}

static void
test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		run(&table[i]);
}

static void
test_deaf(void **state)
{
	struct touch t;

	(void)state;
	touch_init(&t);
	assert_int_equal(touch_deaf_ms(&t, 0), 0);
	touch_changed(&t, 100);
	assert_int_equal(touch_deaf_ms(&t, 100), 700);
	assert_int_equal(touch_deaf_ms(&t, 799), 1);
	assert_int_equal(touch_deaf_ms(&t, 800), 0);
}

/* A name that is longer than a widget's can be is no widget's. */
static void
test_long_name(void **state)
{
	char out[UI_NAME_MAX];
	const char *name = "a-name-that-no-widget-can-have";
	struct touch t;

	(void)state;
	touch_init(&t);
	assert_false(touch_step(&t, TOUCH_DOWN, 0, name, 1, out));
	assert_null(touch_pressed(&t));
	assert_false(touch_step(&t, TOUCH_UP, 0, name, 2, out));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_deaf),
		cmocka_unit_test(test_long_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
