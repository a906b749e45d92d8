// SPDX-License-Identifier: Apache-2.0
/* What the lines of a script mean; screen_script.c lists them. */
#include "kiosk/script.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"

#define WAIT_MS 10000
#define ADVANCE_MAX_MS (7LL * 24 * 3600 * 1000)
#define TAP_TRIES 4

static bw_err
put_json(struct bw_buf *b, const char *text)
{
	bw_err r = bw_buf_put_u8(b, '"');

	for (; r == BW_OK && *text != '\0'; text++) {
		uint8_t c = (uint8_t)*text;

		if (c == '"' || c == '\\')
			r = bw_buf_printf(b, "\\%c", c);
		else if (c < 0x20)
			r = bw_buf_printf(b, "\\u%04x", c);
		else
			r = bw_buf_put_u8(b, c);
	}
	return r == BW_OK ? bw_buf_put_u8(b, '"') : r;
}

static bool
number(const char *s, int64_t max, int64_t *out)
{
	uint64_t n;

	if (text_number(s, strlen(s), (uint64_t)max, &n) != BW_OK)
		return false;
	*out = (int64_t)n;
	return true;
}

static void
do_state(struct script *s, char **arg)
{
	struct bw_buf b = BW_BUF_INIT(SCRIPT_ANSWER);

	(void)arg;
	script_answer_buf(s, &b, bw_buf_printf(&b, "ok %s",
	    s->peer->state(s->peer->ctx)));
}

static void
do_wait(struct script *s, char **arg)
{
	int64_t ms = WAIT_MS;

	if (arg[0] == NULL || strlen(arg[0]) >= sizeof(s->wanted) ||
	    (arg[1] != NULL && !number(arg[1], ADVANCE_MAX_MS, &ms))) {
		script_answer(s, "err usage: wait STATE [MS]");
		return;
	}
	memcpy(s->wanted, arg[0], strlen(arg[0]) + 1);
	s->reached = false;
	s->deadline = clock_mono_ms() + ms;
	s->busy = WAITING;
}

static void
do_widgets(struct script *s, char **arg)
{
	struct bw_buf b = BW_BUF_INIT(SCRIPT_ANSWER);
	const struct ui_widget *w;
	size_t n = ui_widgets(s->peer->ui(s->peer->ctx), &w);
	bw_err r = bw_buf_put_str(&b, "ok [");

	(void)arg;
	for (size_t i = 0; i < n && r == BW_OK; i++) {
		if ((r = bw_buf_put_str(&b, i > 0 ? ", {\"name\": " :
		    "{\"name\": ")) != BW_OK ||
		    (r = put_json(&b, w[i].name)) != BW_OK)
			break;
		r = bw_buf_printf(&b, ", \"x\": %d, \"y\": %d, \"w\": %d, "
		    "\"h\": %d, \"enabled\": %s}", w[i].box.x, w[i].box.y,
		    w[i].box.w, w[i].box.h, w[i].enabled ? "true" : "false");
	}
	script_answer_buf(s, &b, r == BW_OK ? bw_buf_put_u8(&b, ']') : r);
}

static void
no_widget(struct script *s, const char *name)
{
	struct bw_buf b = BW_BUF_INIT(SCRIPT_ANSWER);
	const struct ui_widget *w;
	size_t n = ui_widgets(s->peer->ui(s->peer->ctx), &w);
	bw_err r = bw_buf_printf(&b, "err no widget \"%s\" in state %s; there "
	    "are:", name, s->peer->state(s->peer->ctx));

	for (size_t i = 0; i < n && r == BW_OK; i++)
		r = bw_buf_printf(&b, " %s", w[i].name);
	if (n == 0 && r == BW_OK)
		r = bw_buf_put_str(&b, " none");
	script_answer_buf(s, &b, r);
}

/* Let the kiosk's clock go to where a touch counts. Something may end on the
 * way and show another screen, which does not listen at once either. */
static void
until_heard(struct script *s)
{
	for (int i = 0; i < TAP_TRIES; i++) {
		int64_t deaf = s->peer->deaf_ms(s->peer->ctx);

		if (deaf <= 0)
			return;
		s->peer->advance(s->peer->ctx, deaf);
	}
}

static void
tap_widget(struct script *s, const char *name)
{
	const struct ui_widget *w;
	struct bw_buf b = BW_BUF_INIT(SCRIPT_ANSWER);

	/* A name that is not there does not move the clock. */
	if (ui_find(s->peer->ui(s->peer->ctx), name) != NULL)
		until_heard(s);
	w = ui_find(s->peer->ui(s->peer->ctx), name);
	if (w == NULL) {
		no_widget(s, name);
		return;
	}
	if (!w->enabled) {
		script_answer_buf(s, &b, bw_buf_printf(&b, "err \"%s\" is shown but "
		    "cannot be used", name));
		return;
	}
	s->x = w->box.x + w->box.w / 2;
	s->y = w->box.y + w->box.h / 2;
	s->busy = PRESS;
}

static void
do_tap(struct script *s, char **arg)
{
	const struct ui_image *image = ui_image(s->peer->ui(s->peer->ctx));
	int64_t x, y;

	if (arg[0] != NULL && arg[1] == NULL) {
		tap_widget(s, arg[0]);
		return;
	}
	if (arg[0] == NULL || !number(arg[0], image->w - 1, &x) ||
	    !number(arg[1], image->h - 1, &y)) {
		script_answer(s, "err usage: tap NAME, or tap X Y inside the screen");
		return;
	}
	s->x = (int)x;
	s->y = (int)y;
	s->busy = PRESS;
}

/* A finger that stays, on the kiosk's own clock. */
static void
do_hold(struct script *s, char **arg)
{
	const struct ui_image *image = ui_image(s->peer->ui(s->peer->ctx));
	int64_t x, y, ms;

	if (arg[0] == NULL || arg[1] == NULL || arg[2] == NULL ||
	    !number(arg[0], image->w - 1, &x) ||
	    !number(arg[1], image->h - 1, &y) ||
	    !number(arg[2], ADVANCE_MAX_MS, &ms)) {
		script_answer(s, "err usage: hold X Y MS inside the screen");
		return;
	}
	s->x = (int)x;
	s->y = (int)y;
	s->hold_ms = ms;
	s->busy = PRESS;
}

static const char *const keys[] = { "up", "down", "ok", "back" };

static bool
find_key(const char *name, enum screen_key *out)
{
	for (int i = 0; name != NULL && i < 4; i++)
		if (strcmp(name, keys[i]) == 0) {
			*out = (enum screen_key)i;
			return true;
		}
	return false;
}

static void
do_key(struct script *s, char **arg)
{
	s->two = arg[0] != NULL && arg[1] != NULL;
	if (!find_key(arg[0], &s->key) ||
	    (s->two && !find_key(arg[1], &s->other_key))) {
		script_answer(s, "err usage: key up|down|ok|back");
		return;
	}
	s->busy = KEY;
}

static void
do_text(struct script *s, char **arg)
{
	struct bw_buf b = BW_BUF_INIT(SCRIPT_ANSWER);
	const struct ui_text *t;
	size_t n = ui_texts(s->peer->ui(s->peer->ctx), &t);
	bw_err r = bw_buf_put_str(&b, "ok [");

	(void)arg;
	for (size_t i = 0; i < n && r == BW_OK; i++) {
		if (i > 0 && (r = bw_buf_put_str(&b, ", ")) != BW_OK)
			break;
		r = put_json(&b, t[i].text);
	}
	script_answer_buf(s, &b, r == BW_OK ? bw_buf_put_u8(&b, ']') : r);
}

static void
do_shot(struct script *s, char **arg)
{
	struct bw_buf b = BW_BUF_INIT(SCRIPT_ANSWER);

	if (arg[0] == NULL) {
		script_answer(s, "err usage: shot FILE.png");
		return;
	}
	if (ui_shot(s->peer->ui(s->peer->ctx), arg[0]) != BW_OK)
		script_answer_buf(s, &b, bw_buf_printf(&b, "err cannot write %s: is "
		    "its folder there, and writable?", arg[0]));
	else
		script_answer_buf(s, &b, bw_buf_printf(&b, "ok %s", arg[0]));
}

static void
do_advance(struct script *s, char **arg)
{
	int64_t ms;

	if (arg[0] == NULL || !number(arg[0], ADVANCE_MAX_MS, &ms)) {
		script_answer(s, "err usage: advance MS, at most a week");
		return;
	}
	s->peer->advance(s->peer->ctx, ms);
	script_answer(s, "ok");
}

static void
do_now(struct script *s, char **arg)
{
	struct bw_buf b = BW_BUF_INIT(SCRIPT_ANSWER);

	(void)arg;
	script_answer_buf(s, &b, bw_buf_printf(&b, "ok %lld",
	    (long long)clock_mono_us()));
}

static void
do_quit(struct script *s, char **arg)
{
	(void)arg;
	script_answer(s, "ok");
	s->quit = true;
}

static const struct command {
	const char *name;
	void (*run)(struct script *s, char **arg);
	int args;		/* at most so many words after the name */
} commands[] = {
	{ "state", do_state, 0 },
	{ "wait", do_wait, 2 },
	{ "widgets", do_widgets, 0 },
	{ "tap", do_tap, 2 },
	{ "hold", do_hold, 3 },
	{ "key", do_key, 2 },
	{ "text", do_text, 0 },
	{ "shot", do_shot, 1 },
	{ "advance", do_advance, 1 },
	{ "now", do_now, 0 },
	{ "quit", do_quit, 0 },
};
#define ARGS 3

void
script_run(struct script *s, char *line)
{
	char *arg[ARGS + 2] = { NULL }, *rest = line, *word;
	int n = 0;

	if (line[0] != '\0' && line[strlen(line) - 1] == '\r')
		line[strlen(line) - 1] = '\0';
	while (n < ARGS + 2 && (word = strtok_r(rest, " \t", &rest)) != NULL)
		arg[n++] = word;
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (n > 0 && strcmp(arg[0], commands[i].name) == 0 &&
		    n - 1 <= commands[i].args) {
			arg[ARGS + 1] = NULL;
			commands[i].run(s, arg + 1);
			return;
		}
	script_answer(s, "err no such command; there are: state, wait STATE [MS], "
	    "widgets, tap NAME, tap X Y, hold X Y MS, key up|down|ok|back, text, "
	    "shot FILE.png, advance MS, now, quit");
}
