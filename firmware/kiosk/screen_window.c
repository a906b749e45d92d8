// SPDX-License-Identifier: Apache-2.0
/* A window on the desk, for trying Badgeward without its hardware. */
#include <SDL.h>

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/screen.h"

/* SDL has no descriptor to poll: look this often, in ms. A tap is to be
 * answered on screen within 50 ms. */
#define LOOK_MS 15

struct window {
	struct screen screen;
	SDL_Window *window;
	SDL_Renderer *renderer;
	SDL_Texture *texture;
	int w, h;
	unsigned down;		/* the keys that are held, a bit each */
	int64_t looked;		/* when there was last nothing, ms */
};

static struct window *
of(struct screen *s)
{
	return (struct window *)(void *)s;
}

static void
close_window(struct screen *screen)
{
	struct window *s = of(screen);

	if (s->texture != NULL)
		SDL_DestroyTexture(s->texture);
	if (s->renderer != NULL)
		SDL_DestroyRenderer(s->renderer);
	if (s->window != NULL)
		SDL_DestroyWindow(s->window);
	SDL_Quit();
	free(s);
}

static size_t
fds(const struct screen *screen, struct pollfd *out, size_t max)
{
	(void)screen;
	(void)out;
	(void)max;
	return 0;
}

static int
timeout(const struct screen *screen)
{
	(void)screen;
	return LOOK_MS;
}

static bool
on_key(SDL_Keycode k, struct screen_event *out)
{
	out->kind = SCREEN_KEY;
	switch (k) {
	case SDLK_UP:
	case SDLK_LEFT:
		out->key = SCREEN_KEY_UP;
		return true;
	case SDLK_DOWN:
	case SDLK_RIGHT:
	case SDLK_TAB:
		out->key = SCREEN_KEY_DOWN;
		return true;
	case SDLK_RETURN:
	case SDLK_KP_ENTER:
	case SDLK_SPACE:
		out->key = SCREEN_KEY_OK;
		return true;
	case SDLK_ESCAPE:
	case SDLK_BACKSPACE:
		out->key = SCREEN_KEY_BACK;
		return true;
	default:
		break;
	}
	out->kind = SCREEN_DEMO;
	out->letter = (char)k;
	return k >= SDLK_a && k <= SDLK_z;
}

static bool
on_mouse(const SDL_Event *e, struct screen_event *out)
{
	if (e->type == SDL_MOUSEMOTION) {
		out->kind = SCREEN_MOVE;
		out->x = e->motion.x;
		out->y = e->motion.y;
		return (e->motion.state & SDL_BUTTON_LMASK) != 0;
	}
	out->kind = e->type == SDL_MOUSEBUTTONDOWN ? SCREEN_DOWN : SCREEN_UP;
	out->x = e->button.x;
	out->y = e->button.y;
	return e->button.button == SDL_BUTTON_LEFT;
}

static bool
on_finger(const struct window *s, const SDL_Event *e,
    struct screen_event *out)
{
	out->kind = e->type == SDL_FINGERDOWN ? SCREEN_DOWN :
	    e->type == SDL_FINGERUP ? SCREEN_UP : SCREEN_MOVE;
	/* The mouse is finger 0. */
	out->finger = (int)(e->tfinger.fingerId & 0xffff) + 1;
	out->x = (int)(e->tfinger.x * (float)s->w);
	out->y = (int)(e->tfinger.y * (float)s->h);
	return true;
}

static bool
on_press(struct window *s, SDL_Keycode k, struct screen_event *out)
{
	if (!on_key(k, out))
		return false;
	if (out->kind == SCREEN_KEY) {
		out->chord = (s->down & ~(1u << out->key)) != 0;
		s->down |= 1u << out->key;
	}
	return true;
}

static void
on_release(struct window *s, SDL_Keycode k)
{
	struct screen_event was = { .kind = SCREEN_KEY };

	if (on_key(k, &was) && was.kind == SCREEN_KEY)
		s->down &= ~(1u << was.key);
}

/* True when it means something to the kiosk. */
static bool
translate(struct window *s, const SDL_Event *e, struct screen_event *out)
{
	*out = (struct screen_event){ .kind = SCREEN_QUIT };
	switch (e->type) {
	case SDL_QUIT:
		return true;
	case SDL_KEYDOWN:
		return e->key.repeat == 0 &&
		    on_press(s, e->key.keysym.sym, out);
	case SDL_KEYUP:
		on_release(s, e->key.keysym.sym);
		return false;
	case SDL_MOUSEBUTTONDOWN:
	case SDL_MOUSEBUTTONUP:
	case SDL_MOUSEMOTION:
		return on_mouse(e, out);
	case SDL_FINGERDOWN:
	case SDL_FINGERUP:
	case SDL_FINGERMOTION:
		return on_finger(s, e, out);
	case SDL_WINDOWEVENT:
		/* What is released elsewhere is not told here. */
		if (e->window.event == SDL_WINDOWEVENT_FOCUS_LOST)
			s->down = 0;
		out->kind = SCREEN_EXPOSE;
		return e->window.event == SDL_WINDOWEVENT_EXPOSED;
	default:
		return false;
	}
}

static bool
next(struct screen *screen, struct screen_event *out)
{
	struct window *s = of(screen);
	SDL_Event e;

	while (SDL_PollEvent(&e)) {
		if (!translate(s, &e, out))
			continue;
		out->since = s->looked;
		return true;
	}
	s->looked = clock_mono_ms();
	return false;
}

static bw_err
present(struct screen *screen, const struct ui_image *image)
{
	struct window *s = of(screen);

	if (SDL_UpdateTexture(s->texture, NULL, image->px,
	    (int)image->stride) != 0 ||
	    SDL_RenderCopy(s->renderer, s->texture, NULL, NULL) != 0)
		return BW_ERR_IO;
	SDL_RenderPresent(s->renderer);
	return BW_OK;
}

static const struct screen_ops ops = {
	.close = close_window,
	.fds = fds,
	.timeout = timeout,
	.next = next,
	.present = present,
};

/* Without a display SDL falls back to one that nobody sees: a booth would
 * seem open. Who asks for that one by name gets it. */
static bool
is_seen(void)
{
	const char *driver = SDL_GetCurrentVideoDriver();

	if (getenv("SDL_VIDEODRIVER") != NULL)
		return true;
	if (driver != NULL && strcmp(driver, "offscreen") != 0 &&
	    strcmp(driver, "dummy") != 0 && strcmp(driver, "evdev") != 0)
		return true;
	SDL_SetError("only \"%s\", which nobody sees",
	    driver != NULL ? driver : "none");
	return false;
}

static bw_err
open_window(struct window *s, const char *title)
{
	SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
	SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
	SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
	if (SDL_Init(SDL_INIT_VIDEO) != 0 || !is_seen())
		return BW_ERR_NOTFOUND;
	s->window = SDL_CreateWindow(title, SDL_WINDOWPOS_CENTERED,
	    SDL_WINDOWPOS_CENTERED, s->w, s->h, 0);
	if (s->window == NULL)
		return BW_ERR_NOTFOUND;
	s->renderer = SDL_CreateRenderer(s->window, -1,
	    SDL_RENDERER_SOFTWARE);
	if (s->renderer == NULL)
		return BW_ERR_NOTFOUND;
	s->texture = SDL_CreateTexture(s->renderer, SDL_PIXELFORMAT_RGB888,
	    SDL_TEXTUREACCESS_STREAMING, s->w, s->h);
	return s->texture != NULL ? BW_OK : BW_ERR_NOMEM;
}

bw_err
screen_window_open(struct screen **out, const char *title, int w, int h)
{
	struct window *s = calloc(1, sizeof(*s));
	bw_err r;

	*out = NULL;
	if (s == NULL)
		return BW_ERR_NOMEM;
	s->screen.ops = &ops;
	s->w = w;
	s->h = h;
	s->looked = clock_mono_ms();
	if ((r = open_window(s, title)) != BW_OK) {
		log_error("no window: %s; on a machine without a display use "
		    "--screen script", SDL_GetError());
		close_window(&s->screen);
		return r;
	}
	*out = &s->screen;
	return BW_OK;
}
