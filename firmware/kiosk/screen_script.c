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
 *	hold X Y MS     press at a point, raw, and release after so long
 *	key KEY [KEY]   up, down, ok or back; the second while the first is
 *	                held
 *	text            all visible text: ["…", …] in reading order
 *	shot FILE.png   the screen as a picture
 *	advance MS      move the kiosk's own clock on
 *	now             CLOCK_MONOTONIC in µs
 *	quit            end; so does the end of the input
 */
#include "kiosk/script.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

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

void
script_answer_buf(struct script *s, struct bw_buf *b, bw_err r)
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

void
script_answer(struct script *s, const char *line)
{
	struct bw_buf b = BW_BUF_INIT(SCRIPT_ANSWER);

	script_answer_buf(s, &b, bw_buf_put_str(&b, line));
}

/* True when the wait is over, one way or the other. */
static bool
waited(struct script *s)
{
	const char *now = s->peer->state(s->peer->ctx);
	struct bw_buf b = BW_BUF_INIT(SCRIPT_ANSWER);

	if (s->reached || strcmp(now, s->wanted) == 0) {
		script_answer_buf(s, &b, bw_buf_printf(&b, "ok %s", s->wanted));
		return true;
	}
	if (clock_mono_ms() < s->deadline)
		return false;
	script_answer_buf(s, &b, bw_buf_printf(&b, "err not in state %s in time: "
	    "still %s", s->wanted, now));
	return true;
}

/* True when there were more bytes; nothing is waited for. */
static bool
fill(struct script *s)
{
	struct pollfd p = { .fd = s->in, .events = POLLIN };
	int64_t before = s->looked;
	ssize_t n;

	if (s->ended || s->len == sizeof(s->line))
		return false;
	s->looked = clock_mono_ms();
	if (poll(&p, 1, 0) <= 0)
		return false;
	n = read(s->in, s->line + s->len, sizeof(s->line) - s->len);
	if (n > 0) {
		s->since = before;
		s->len += (size_t)n;
	}
	else if (n == 0 || errno != EINTR)
		s->ended = true;
	return n > 0;
}

/* Take the first whole line off the input and run it; false: there is none.
 * A line that does not fit is read to its end and refused. */
static bool
take_line(struct script *s)
{
	char line[SCRIPT_LINE];
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
		script_answer(s, "err the line is too long or holds a zero byte");
	else
		script_run(s, line);
	s->skip = false;
	return true;
}

static bool
give(struct script *s, enum screen_event_kind kind, enum script_busy then,
    struct screen_event *out)
{
	*out = (struct screen_event){ .kind = kind, .x = s->x, .y = s->y,
		.key = s->key, .chord = s->busy == CHORD, .since = s->since };
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
			return give(s, SCREEN_DOWN, s->hold_ms > 0 ? HOLD :
			    RELEASE, out);
		case HOLD:
			s->peer->advance(s->peer->ctx, s->hold_ms);
			s->hold_ms = 0;
			s->busy = RELEASE;
			break;
		case RELEASE:
			return give(s, SCREEN_UP, TOLD, out);
		case KEY:
			return give(s, SCREEN_KEY, s->two ? CHORD : TOLD, out);
		case CHORD:
			s->key = s->other_key;
			return give(s, SCREEN_KEY, TOLD, out);
		case TOLD:
			script_answer(s, "ok");
			s->busy = FREE;
			break;
		case WAITING:
			if (!waited(s))
				return false;
			/* What is behind a wait is done after it. */
			s->looked = s->since = clock_mono_ms();
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
	s->looked = s->since = clock_mono_ms();
	*out = &s->screen;
	return BW_OK;
}
