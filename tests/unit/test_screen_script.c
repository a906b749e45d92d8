// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "kiosk/screen.h"
#include "kiosk/touch.h"
#include "tests/support/views.h"

/* A kiosk that is as small as can be: a view, its drawing, a touch. A tap on
 * "start" asks, a tap on anything else is remembered. */
struct desk {
	struct views sample;
	struct ui *ui;
	struct touch touch;
	int64_t now;
	char tapped[UI_NAME_MAX];
	int keys, quits;
	struct screen *screen;
	struct screen_peer peer;
	int to, from;		/* our ends of the two pipes */
};

static const char *
state_of(void *ctx)
{
	const struct desk *d = ctx;

	return d->sample.view.state == STATE_ASK ? "ask" : "idle";
}

static const struct ui *
ui_of(void *ctx)
{
	const struct desk *d = ctx;

	return d->ui;
}

static void
advance(void *ctx, int64_t ms)
{
	struct desk *d = ctx;

	d->now += ms;
}

static int64_t
deaf_ms(void *ctx)
{
	const struct desk *d = ctx;

	return touch_deaf_ms(&d->touch, d->now);
}

static void
show(struct desk *d, const char *name)
{
	for (int i = 0; i < VIEWS_COUNT; i++)
		if (strcmp(views_name(i), name) == 0)
			views_make(&d->sample, i, "en");
	assert_ok(ui_draw(d->ui, &d->sample.view));
	touch_changed(&d->touch, d->now);
	if (d->screen != NULL)
		d->screen->ops->entered(d->screen, state_of(d));
}

static int
setup(void **state)
{
	struct desk *d = calloc(1, sizeof(*d));
	int in[2], out[2];

	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	d->to = in[1];
	d->from = out[0];
	assert_int_equal(fcntl(d->from, F_SETFL, O_NONBLOCK), 0);
	d->peer = (struct screen_peer){ d, state_of, ui_of, advance, deaf_ms };
	assert_ok(ui_open(&d->ui, 1024, 600, 0));
	touch_init(&d->touch);
	d->now = 1000;
	show(d, "idle");
	assert_ok(screen_script_open(&d->screen, in[0], out[1], &d->peer));
	*state = d;
	return 0;
}

static int
teardown(void **state)
{
	struct desk *d = *state;

	screen_close(&d->screen);
	assert_null(d->screen);
	ui_close(&d->ui);
	close(d->from);
	free(d);
	return 0;
}

static void
handle(struct desk *d, const struct screen_event *e)
{
	const struct ui_widget *w = ui_hit(d->ui, e->x, e->y);
	enum touch_kind kind = e->kind == SCREEN_DOWN ? TOUCH_DOWN : TOUCH_UP;
	char name[UI_NAME_MAX];

	if (e->kind == SCREEN_QUIT)
		d->quits++;
	if (e->kind == SCREEN_KEY)
		d->keys = d->keys * 10 + (int)e->key + 1;
	if (e->kind != SCREEN_DOWN && e->kind != SCREEN_UP)
		return;
	if (!touch_step(&d->touch, kind, e->finger, w != NULL ? w->name : NULL,
	    d->now, name))
		return;
	memcpy(d->tapped, name, sizeof(name));
	if (strcmp(name, "start") == 0)
		show(d, "ask");
}

static void
loop(struct desk *d)
{
	struct screen_event e;

	while (d->screen->ops->next(d->screen, &e))
		handle(d, &e);
}

static void
say(struct desk *d, const char *line)
{
	assert_int_equal(write(d->to, line, strlen(line)), strlen(line));
}

/* What was answered since; "" when nothing was. */
static const char *
heard(struct desk *d)
{
	static char answer[32768];
	ssize_t n = read(d->from, answer, sizeof(answer) - 1);

	answer[n > 0 ? n : 0] = '\0';
	return answer;
}

static const char *
ask(struct desk *d, const char *line)
{
	say(d, line);
	loop(d);
	return heard(d);
}

static void
test_state_and_errors(void **state)
{
	struct desk *d = *state;

	assert_string_equal(ask(d, "state\n"), "ok idle\n");
	assert_string_equal(ask(d, "state\r\n"), "ok idle\n");
	assert_string_equal(ask(d, "state\nstate\n"), "ok idle\nok idle\n");
	assert_memory_equal(ask(d, "stat\n"), "err no such command; there are",
	    30);
	assert_memory_equal(ask(d, "\n"), "err ", 4);
	assert_memory_equal(ask(d, "state now\n"), "err ", 4);
	assert_string_equal(ask(d, "key left\n"),
	    "err usage: key up|down|ok|back\n");
	assert_string_equal(ask(d, "wait\n"), "err usage: wait STATE [MS]\n");
	assert_memory_equal(ask(d, "advance -1\n"), "err usage", 9);
	assert_memory_equal(ask(d, "tap 2000 1\n"), "err usage", 9);
	assert_memory_equal(ask(d, "shot\n"), "err usage", 9);
	assert_memory_equal(ask(d, "shot /nonexistent/a.png\n"),
	    "err cannot write", 16);
	/* A half line waits for its rest. */
	assert_string_equal(ask(d, "sta"), "");
	assert_string_equal(ask(d, "te\n"), "ok idle\n");
}

static void
test_tap_by_name(void **state)
{
	struct desk *d = *state;

	/* The screen has just changed: the clock moves on, the tap counts. */
	assert_string_equal(ask(d, "tap start\n"), "ok\n");
	assert_string_equal(d->tapped, "start");
	assert_int_equal(d->now, 1000 + TOUCH_DEAF_MS);
	assert_string_equal(ask(d, "state\n"), "ok ask\n");
	assert_string_equal(ask(d, "tap field:3\ntap share\n"), "ok\nok\n");
	assert_string_equal(d->tapped, "share");
}

static void
test_tap_on_nothing(void **state)
{
	struct desk *d = *state;
	int64_t before = d->now;

	assert_memory_equal(ask(d, "tap share\n"),
	    "err no widget \"share\" in state idle; there are: start", 52);
	assert_int_equal(d->now, before);
	assert_string_equal(ask(d, "tap start\n"), "ok\n");
	assert_string_equal(ask(d, "tap field:1\n"),
	    "err \"field:1\" is shown but cannot be used\n");
	assert_string_equal(d->tapped, "start");
}

static void
test_tap_at_a_point_is_raw(void **state)
{
	struct desk *d = *state;
	const struct ui_widget *w = ui_find(d->ui, "start");
	char line[64];

	snprintf(line, sizeof(line), "tap %d %d\n", w->box.x + 5,
	    w->box.y + 5);
	assert_string_equal(ask(d, line), "ok\n");
	assert_string_equal(d->tapped, "");
	assert_string_equal(ask(d, "advance 700\n"), "ok\n");
	assert_string_equal(ask(d, line), "ok\n");
	assert_string_equal(d->tapped, "start");
}

static void
test_keys(void **state)
{
	struct desk *d = *state;

	assert_string_equal(ask(d, "key up\nkey down\nkey ok\nkey back\n"),
	    "ok\nok\nok\nok\n");
	assert_int_equal(d->keys, 1234);
}

static void
test_two_keys(void **state)
{
	struct desk *d = *state;
	struct screen_event e;

	assert_string_equal(ask(d, "key ok left\n"),
	    "err usage: key up|down|ok|back\n");
	say(d, "key down ok\n");
	assert_true(d->screen->ops->next(d->screen, &e));
	assert_int_equal(e.key, SCREEN_KEY_DOWN);
	assert_false(e.chord);
	assert_true(d->screen->ops->next(d->screen, &e));
	assert_int_equal(e.key, SCREEN_KEY_OK);
	assert_true(e.chord);
	say(d, "key ok\n");
	assert_true(d->screen->ops->next(d->screen, &e));
	assert_false(e.chord);
}

/* Until the clock shows another millisecond; that one. */
static int64_t
next_ms(void)
{
	int64_t before = clock_mono_ms(), now;

	do
		now = clock_mono_ms();
	while (now == before);
	return now;
}

static int64_t
since(struct desk *d)
{
	struct screen_event e;

	assert_true(d->screen->ops->next(d->screen, &e));
	assert_int_equal(e.kind, SCREEN_KEY);
	return e.since;
}

/* What lay there together is of one age; what comes while that is handled is
 * young. */
static void
test_each_event_has_its_own_age(void **state)
{
	struct desk *d = *state;
	int64_t before = next_ms(), looked, wrote;

	loop(d);
	looked = clock_mono_ms();
	wrote = next_ms();
	say(d, "key up\nkey down\n");
	next_ms();
	assert_in_range(since(d), before, looked);
	say(d, "key ok\n");
	assert_in_range(since(d), before, looked);
	assert_true(since(d) >= wrote);
	loop(d);
	assert_int_equal(d->keys, 0);
}

static void
test_a_wait_makes_nothing_old(void **state)
{
	struct desk *d = *state;
	int64_t shown;

	assert_string_equal(ask(d, "wait ask 60000\nkey up\n"), "");
	shown = next_ms();
	show(d, "ask");
	assert_true(since(d) >= shown);
}

static void
test_wait(void **state)
{
	struct desk *d = *state;

	assert_string_equal(ask(d, "wait idle\n"), "ok idle\n");
	/* What comes behind a wait waits too. */
	assert_string_equal(ask(d, "wait ask 60000\nstate\n"), "");
	assert_true(d->screen->ops->timeout(d->screen) > 0);
	show(d, "ask");
	loop(d);
	assert_string_equal(heard(d), "ok ask\nok ask\n");
	/* A state that was passed through while waiting was reached. */
	assert_string_equal(ask(d, "wait idle 60000\n"), "");
	show(d, "idle");
	show(d, "ask");
	loop(d);
	assert_string_equal(heard(d), "ok idle\n");
	assert_string_equal(ask(d, "wait idle 0\n"),
	    "err not in state idle in time: still ask\n");
}

static void
test_text_and_widgets(void **state)
{
	struct desk *d = *state;
	const char *s;

	show(d, "shared");
	s = ask(d, "text\n");
	assert_memory_equal(s, "ok [\"", 5);
	/* Without the marks around it that set its direction. */
	assert_non_null(strstr(s, "\"Siobhán Nguyễn-Łukasz\""));
	assert_non_null(strstr(s, "\"Undo\", "));
	s = ask(d, "widgets\n");
	assert_memory_equal(s, "ok [{\"name\": \"undo\", \"x\": ", 25);
	assert_non_null(strstr(s, "\"enabled\": true}]\n"));
	assert_memory_equal(ask(d, "now\n"), "ok ", 3);
}

static void
test_quotes_are_escaped(void **state)
{
	struct desk *d = *state;

	show(d, "enrol-failed");
	assert_non_null(strstr(ask(d, "text\n"), "\\\"badgeward device renew\\\""));
}

static void
test_long_line(void **state)
{
	struct desk *d = *state;
	char line[3001];

	memset(line, 'x', sizeof(line) - 1);
	line[sizeof(line) - 2] = '\n';
	line[sizeof(line) - 1] = '\0';
	assert_memory_equal(ask(d, line), "err the line is too long", 24);
	assert_string_equal(ask(d, "state\n"), "ok idle\n");
}

static void
test_quit_comes_once(void **state)
{
	struct desk *d = *state;

	assert_string_equal(ask(d, "quit\nstate\n"), "ok\n");
	loop(d);
	assert_int_equal(d->quits, 1);
}

static void
test_end_of_input_quits(void **state)
{
	struct desk *d = *state;

	say(d, "state\n");
	close(d->to);
	loop(d);
	loop(d);
	assert_string_equal(heard(d), "ok idle\n");
	assert_int_equal(d->quits, 1);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_state_and_errors),
		T(test_tap_by_name),
		T(test_tap_on_nothing),
		T(test_tap_at_a_point_is_raw),
		T(test_keys),
		T(test_two_keys),
		T(test_each_event_has_its_own_age),
		T(test_a_wait_makes_nothing_old),
		T(test_wait),
		T(test_text_and_widgets),
		T(test_quotes_are_escaped),
		T(test_long_line),
		T(test_quit_comes_once),
		T(test_end_of_input_quits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
