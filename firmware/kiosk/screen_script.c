// SPDX-License-Identifier: Apache-2.0
/*
 * The script screen: a person made of lines of text. One command a line in,
 * one answer a line out, "ok …" or "err …" with what would be right.
 *
 *	state           the state's word
 *	wait STATE [MS] until the kiosk is in STATE or has passed through it,
 *	                10 s of real time when MS is not given
 *	widgets         what can be touched: [{"name", "x", "y", "w", "h",
 *	                "enabled"}, …] in the order of the focus
 *	tap NAME        press and release in the middle of that widget, through
 *	                the same code as a finger. While touches do not count
 *	                yet because the screen has just changed, the kiosk's
 *	                own clock is first moved on to where they do (0.7 s at
 *	                most): a scripted tap is never lost, and needs no wait.
 *	tap X Y         the same at a point, raw: it may well not count
 *	key KEY         up, down, ok or back
 *	text            all visible text: ["…", …] in reading order
 *	shot FILE.png   the screen as a picture
 *	advance MS      move the kiosk's own clock on
 *	now             CLOCK_MONOTONIC in µs
 *	quit            end; so does the end of the input
 */
#include "kiosk/screen.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"

#define LINE_MAX_BYTES 1024
#define ANSWER_MAX (256u * 1024)
#define WAIT_MS 10000
#define ADVANCE_MAX_MS (7 * 24 * 3600 * 1000LL)
#define TAP_TRIES 4

enum busy {
	FREE,		/* the next line may be taken */
	PRESS,		/* the finger is to go down at x, y */
	RELEASE,	/* and up again */
	KEY,		/* a key is to be pressed */
	TOLD,		/* the last event of a command is out: answer it */
	WAITING		/* for a state */
};

struct script {
	struct screen screen;
	int in, out;
	const struct screen_peer *peer;
	char line[LINE_MAX_BYTES];
	size_t len;		/* bytes in line, of one command or more */
	bool skip;		/* the rest of a line that is too long */
	bool ended;		/* no more input */
	bool quit;		/* to be told, once */
	bool quitted;
	enum busy busy;
	int x, y;
	enum screen_key key;
	char wanted[32];
	bool reached;
	int64_t deadline;	/* ms */
};

static struct script *
of(struct screen *s)
{
	return (struct script *)(void *)s;
}

static void
write_all(struct script *s, const uint8_t *p, size_t n)
{
	while (n > 0) {
		ssize_t k = write(s->out, p, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0) {
			s->ended = true;	/* nobody listens any more */
			return;
		}
		p += k;
		n -= (size_t)k;
	}
}

/* One answer line. r is what building it came to; b is wiped and freed. */
static void
answer_buf(struct script *s, struct bw_buf *b, bw_err r)
{
	static const char failed[] = "err the answer is too long\n";

	if (r == BW_OK)
		r = bw_buf_put_u8(b, '\n');
	if (r == BW_OK)
		write_all(s, b->ptr, b->len);
	else
		write_all(s, (const uint8_t *)failed, sizeof(failed) - 1);
	bw_buf_free(b);
}

static void
answer(struct script *s, const char *line)
{
	struct bw_buf b = BW_BUF_INIT(ANSWER_MAX);

	answer_buf(s, &b, bw_buf_put_str(&b, line));
}

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
	struct bw_buf b = BW_BUF_INIT(ANSWER_MAX);

	(void)arg;
	answer_buf(s, &b, bw_buf_printf(&b, "ok %s",
	    s->peer->state(s->peer->ctx)));
}

static void
do_wait(struct script *s, char **arg)
{
	int64_t ms = WAIT_MS;

	if (arg[0] == NULL || strlen(arg[0]) >= sizeof(s->wanted) ||
	    (arg[1] != NULL && !number(arg[1], ADVANCE_MAX_MS, &ms))) {
		answer(s, "err usage: wait STATE [MS]");
		return;
	}
	memcpy(s->wanted, arg[0], strlen(arg[0]) + 1);
	s->reached = false;
	s->deadline = clock_mono_ms() + ms;
	s->busy = WAITING;
}

/* True when the wait is over, one way or the other. */
static bool
waited(struct script *s)
{
	const char *now = s->peer->state(s->peer->ctx);
	struct bw_buf b = BW_BUF_INIT(ANSWER_MAX);

	if (s->reached || strcmp(now, s->wanted) == 0) {
		answer_buf(s, &b, bw_buf_printf(&b, "ok %s", s->wanted));
		return true;
	}
	if (clock_mono_ms() < s->deadline)
		return false;
	answer_buf(s, &b, bw_buf_printf(&b, "err not in state %s in time: "
	    "still %s", s->wanted, now));
	return true;
}

static void
do_widgets(struct script *s, char **arg)
{
	struct bw_buf b = BW_BUF_INIT(ANSWER_MAX);
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
	answer_buf(s, &b, r == BW_OK ? bw_buf_put_u8(&b, ']') : r);
}

static void
no_widget(struct script *s, const char *name)
{
	struct bw_buf b = BW_BUF_INIT(ANSWER_MAX);
	const struct ui_widget *w;
	size_t n = ui_widgets(s->peer->ui(s->peer->ctx), &w);
	bw_err r = bw_buf_printf(&b, "err no widget \"%s\" in state %s; there "
	    "are:", name, s->peer->state(s->peer->ctx));

	for (size_t i = 0; i < n && r == BW_OK; i++)
		r = bw_buf_printf(&b, " %s", w[i].name);
	if (n == 0 && r == BW_OK)
		r = bw_buf_put_str(&b, " none");
	answer_buf(s, &b, r);
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
	struct bw_buf b = BW_BUF_INIT(ANSWER_MAX);

	/* A name that is not there does not move the clock. */
	if (ui_find(s->peer->ui(s->peer->ctx), name) != NULL)
		until_heard(s);
	w = ui_find(s->peer->ui(s->peer->ctx), name);
	if (w == NULL) {
		no_widget(s, name);
		return;
	}
	if (!w->enabled) {
		answer_buf(s, &b, bw_buf_printf(&b, "err \"%s\" is shown but "
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
		answer(s, "err usage: tap NAME, or tap X Y inside the screen");
		return;
	}
	s->x = (int)x;
	s->y = (int)y;
	s->busy = PRESS;
}

static const char *const keys[] = { "up", "down", "ok", "back" };

static void
do_key(struct script *s, char **arg)
{
	for (int i = 0; i < 4; i++) {
		if (arg[0] == NULL || strcmp(arg[0], keys[i]) != 0)
			continue;
		s->key = (enum screen_key)i;
		s->busy = KEY;
		return;
	}
	answer(s, "err usage: key up|down|ok|back");
}

static void
do_text(struct script *s, char **arg)
{
	struct bw_buf b = BW_BUF_INIT(ANSWER_MAX);
	const struct ui_text *t;
	size_t n = ui_texts(s->peer->ui(s->peer->ctx), &t);
	bw_err r = bw_buf_put_str(&b, "ok [");

	(void)arg;
	for (size_t i = 0; i < n && r == BW_OK; i++) {
		if (i > 0 && (r = bw_buf_put_str(&b, ", ")) != BW_OK)
			break;
		r = put_json(&b, t[i].text);
	}
	answer_buf(s, &b, r == BW_OK ? bw_buf_put_u8(&b, ']') : r);
}

static void
do_shot(struct script *s, char **arg)
{
	struct bw_buf b = BW_BUF_INIT(ANSWER_MAX);

	if (arg[0] == NULL) {
		answer(s, "err usage: shot FILE.png");
		return;
	}
	if (ui_shot(s->peer->ui(s->peer->ctx), arg[0]) != BW_OK)
		answer_buf(s, &b, bw_buf_printf(&b, "err cannot write %s: is "
		    "its folder there, and writable?", arg[0]));
	else
		answer_buf(s, &b, bw_buf_printf(&b, "ok %s", arg[0]));
}

static void
do_advance(struct script *s, char **arg)
{
	int64_t ms;

	if (arg[0] == NULL || !number(arg[0], ADVANCE_MAX_MS, &ms)) {
		answer(s, "err usage: advance MS, at most a week");
		return;
	}
	s->peer->advance(s->peer->ctx, ms);
	answer(s, "ok");
}

static void
do_now(struct script *s, char **arg)
{
	struct bw_buf b = BW_BUF_INIT(ANSWER_MAX);

	(void)arg;
	answer_buf(s, &b, bw_buf_printf(&b, "ok %lld",
	    (long long)clock_mono_us()));
}

static void
do_quit(struct script *s, char **arg)
{
	(void)arg;
	answer(s, "ok");
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
	{ "key", do_key, 1 },
	{ "text", do_text, 0 },
	{ "shot", do_shot, 1 },
	{ "advance", do_advance, 1 },
	{ "now", do_now, 0 },
	{ "quit", do_quit, 0 },
};
#define ARGS 2

static void
run(struct script *s, char *line)
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
	answer(s, "err no such command; there are: state, wait STATE [MS], "
	    "widgets, tap NAME, tap X Y, key up|down|ok|back, text, "
	    "shot FILE.png, advance MS, now, quit");
}

/* True when there were more bytes; nothing is waited for. */
static bool
fill(struct script *s)
{
	struct pollfd p = { .fd = s->in, .events = POLLIN };
	ssize_t n;

	if (s->ended || s->len == sizeof(s->line) || poll(&p, 1, 0) <= 0)
		return false;
	n = read(s->in, s->line + s->len, sizeof(s->line) - s->len);
	if (n > 0)
		s->len += (size_t)n;
	else if (n == 0 || errno != EINTR)
		s->ended = true;
	return n > 0;
}

/* Take the first whole line off the input and run it; false: there is none.
 * A line that does not fit is read to its end and refused. */
static bool
take_line(struct script *s)
{
	char line[LINE_MAX_BYTES];
	char *end = memchr(s->line, '\n', s->len);
	size_t n;

	if (end == NULL) {
		if (s->len == sizeof(s->line)) {
			s->skip = true;
			s->len = 0;
		}
		return false;
	}
	n = (size_t)(end - s->line);
	memcpy(line, s->line, n);
	line[n] = '\0';
	s->len -= n + 1;
	memmove(s->line, end + 1, s->len);
	if (s->skip || memchr(line, '\0', n) != NULL)
		answer(s, "err the line is too long or holds a zero byte");
	else
		run(s, line);
	s->skip = false;
	return true;
}

static bool
give(struct script *s, enum screen_event_kind kind, enum busy then,
    struct screen_event *out)
{
	*out = (struct screen_event){ .kind = kind, .x = s->x, .y = s->y,
		.key = s->key };
	s->busy = then;
	return true;
}

static bool
next(struct screen *screen, struct screen_event *out)
{
	struct script *s = of(screen);

	for (;;) {
		switch (s->busy) {
		case PRESS:
			return give(s, SCREEN_DOWN, RELEASE, out);
		case RELEASE:
			return give(s, SCREEN_UP, TOLD, out);
		case KEY:
			return give(s, SCREEN_KEY, TOLD, out);
		case TOLD:
			answer(s, "ok");
			s->busy = FREE;
			break;
		case WAITING:
			if (!waited(s))
				return false;
			s->busy = FREE;
			break;
		case FREE:
			break;
		}
		if (!s->quit && (take_line(s) || fill(s)))
			continue;
		if (s->quitted || !(s->quit || s->ended))
			return false;
		s->quitted = true;
		return give(s, SCREEN_QUIT, FREE, out);
	}
}

static size_t
fds(const struct screen *screen, struct pollfd *out, size_t max)
{
	const struct script *s = (const struct script *)(const void *)screen;

	/* While a wait goes on nothing is read. */
	if (max == 0 || s->busy == WAITING || s->ended || s->quit)
		return 0;
	out[0] = (struct pollfd){ .fd = s->in, .events = POLLIN };
	return 1;
}

static int
timeout(const struct screen *screen)
{
	const struct script *s = (const struct script *)(const void *)screen;
	int64_t left;

	if (s->busy != WAITING)
		return -1;
	left = s->deadline - clock_mono_ms();
	return left < 0 ? 0 : left > 1000 ? 1000 : (int)left;
}

static bw_err
present(struct screen *screen, const struct ui_image *image)
{
	(void)screen;
	(void)image;
	return BW_OK;		/* `shot` looks at the frame itself */
}

static void
entered(struct screen *screen, const char *state)
{
	struct script *s = of(screen);

	if (s->busy == WAITING && strcmp(state, s->wanted) == 0)
		s->reached = true;
}

static void
close_script(struct screen *screen)
{
	free(of(screen));
}

static const struct screen_ops ops = {
	.close = close_script,
	.fds = fds,
	.timeout = timeout,
	.next = next,
	.present = present,
	.entered = entered,
};

bw_err
screen_script_open(struct screen **out, int in, int answers,
    const struct screen_peer *peer)
{
	struct script *s = calloc(1, sizeof(*s));

	*out = NULL;
	if (s == NULL)
		return BW_ERR_NOMEM;
	s->screen.ops = &ops;
	s->in = in;
	s->out = answers;
	s->peer = peer;
	*out = &s->screen;
	return BW_OK;
}
