// SPDX-License-Identifier: Apache-2.0
/* Runs on SDL's dummy display (SDL_VIDEODRIVER=dummy): events are pushed. */
#include "tests/support/unit.h"

#include <SDL.h>

#include "kiosk/screen.h"

static void
push_mouse(uint32_t type, int x, int y, uint8_t button)
{
	SDL_Event e = { .type = type };

	e.button.x = x;
	e.button.y = y;
	e.button.button = button;
	SDL_PushEvent(&e);
}

static void
push_key(SDL_Keycode k, uint8_t repeat)
{
	SDL_Event e = { .type = SDL_KEYDOWN };

	e.key.keysym.sym = k;
	e.key.repeat = repeat;
	SDL_PushEvent(&e);
}

static void
release_key(SDL_Keycode k)
{
	SDL_Event e = { .type = SDL_KEYUP };

	e.key.keysym.sym = k;
	SDL_PushEvent(&e);
}

/* The next event but for those that only ask to draw again. */
static bool
next(struct screen *s, struct screen_event *e)
{
	while (s->ops->next(s, e))
		if (e->kind != SCREEN_EXPOSE)
			return true;
	return false;
}

static void
test_mouse_is_a_finger(void **state)
{
	struct screen *s = *state;
	struct screen_event e;

	push_mouse(SDL_MOUSEBUTTONDOWN, 12, 34, SDL_BUTTON_LEFT);
	push_mouse(SDL_MOUSEBUTTONDOWN, 1, 1, SDL_BUTTON_RIGHT);
	push_mouse(SDL_MOUSEBUTTONUP, 13, 35, SDL_BUTTON_LEFT);
	assert_true(next(s, &e));
	assert_int_equal(e.kind, SCREEN_DOWN);
	assert_int_equal(e.x, 12);
	assert_int_equal(e.y, 34);
	assert_true(next(s, &e));
	assert_int_equal(e.kind, SCREEN_UP);
	assert_int_equal(e.x, 13);
	assert_false(next(s, &e));
}

static void
test_keys(void **state)
{
	struct screen *s = *state;
	struct screen_event e;
	static const struct { SDL_Keycode k; enum screen_key key; } keys[] = {
		{ SDLK_UP, SCREEN_KEY_UP }, { SDLK_DOWN, SCREEN_KEY_DOWN },
		{ SDLK_RETURN, SCREEN_KEY_OK }, { SDLK_ESCAPE, SCREEN_KEY_BACK },
	};

	for (size_t i = 0; i < 4; i++) {
		push_key(keys[i].k, 0);
		push_key(keys[i].k, 1);	/* held down: counts once */
		assert_true(next(s, &e));
		assert_int_equal(e.kind, SCREEN_KEY);
		assert_int_equal(e.key, keys[i].key);
		assert_false(next(s, &e));
	}
	push_key(SDLK_p, 0);
	push_key(SDLK_F1, 0);
	assert_true(next(s, &e));
	assert_int_equal(e.kind, SCREEN_DEMO);
	assert_int_equal(e.letter, 'p');
	assert_false(next(s, &e));
}

/* A key while another is held is told as such; after the release it is not. */
static void
test_two_keys(void **state)
{
	struct screen *s = *state;
	struct screen_event e;
	static const struct {
		SDL_Keycode down, up;
		bool chord;
	} steps[] = {
		{ SDLK_DOWN, 0, false }, { SDLK_RETURN, SDLK_DOWN, true },
		{ SDLK_DOWN, SDLK_RETURN, true },
		{ SDLK_TAB, SDLK_DOWN, false }, { SDLK_ESCAPE, 0, false },
	};

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		push_key(steps[i].down, 0);
		assert_true(next(s, &e));
		assert_int_equal(e.kind, SCREEN_KEY);
		assert_int_equal(e.chord, steps[i].chord);
		if (steps[i].up != 0)
			release_key(steps[i].up);
		assert_false(next(s, &e));
	}
}

static void
test_presents_and_quits(void **state)
{
	struct screen *s = *state;
	uint32_t px[320 * 320] = { 0 };
	struct ui_image image = { px, 320, 320, 320 * 4 };
	SDL_Event quit = { .type = SDL_QUIT };
	struct screen_event e;

	assert_ok(s->ops->present(s, &image));
	SDL_PushEvent(&quit);
	assert_true(next(s, &e));
	assert_int_equal(e.kind, SCREEN_QUIT);
}

static int
setup(void **state)
{
	struct screen *s;

	if (screen_window_open(&s, "Badgeward", 320, 320) != BW_OK)
		return -1;
	SDL_PumpEvents();
	*state = s;
	return 0;
}

static int
teardown(void **state)
{
	struct screen *s = *state;

	screen_close(&s);
	return s != NULL;
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_mouse_is_a_finger),
		T(test_keys),
		T(test_two_keys),
		T(test_presents_and_quits),
	};

	SDL_SetMainReady();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
