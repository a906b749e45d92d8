// SPDX-License-Identifier: Apache-2.0
/* The voice of the kiosk: a process that is killed, hangs, or is not there. */
#include "tests/support/unit.h"

#include <sys/wait.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/speech.h"

#define TEXT "<speak><s>Hello</s></speak>"

static struct speech *s;
static int64_t ahead;	/* the voice is told that so much time has passed */

static int64_t
now(void)
{
	return clock_mono_ms() + ahead;
}

/* Step as the main loop does, until this is so; false after 10 s. */
static bool
until(bool (*is)(const struct speech *), bool wanted)
{
	int64_t end = clock_mono_ms() + 10000;

	while (is(s) != wanted && clock_mono_ms() < end) {
		struct pollfd p = { speech_fd(s), POLLIN, 0 };
		int64_t wake = speech_wake(s) - now();

		(void)poll(&p, 1, wake < 0 ? 0 : wake > 20 ? 20 : (int)wake);
		speech_step(s, now());
	}
	return is(s) == wanted;
}

/* The only child of a process, 0: it has none. */
static int
child_of(int pid)
{
	char path[100];
	int child = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", pid, pid);
	if (pid == 0 || (f = fopen(path, "r")) == NULL)
		return 0;
	if (fscanf(f, "%d", &child) != 1)
		child = 0;
	fclose(f);
	return child;
}

/* Behind the herald, who is our own. */
static bool
has_process(const struct speech *v)
{
	(void)v;
	return child_of(child_of(getpid())) != 0;
}

static int
setup(void **state)
{
	(void)state;
	ahead = 0;
	setenv("BADGEWARD_SPEECH", FAKE_SPEECH, 1);
	unsetenv("SPEECH_EAR");
	assert_ok(speech_open(&s, now()));
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	speech_close(&s);
	assert_null(s);
	while (wait(NULL) != -1)	/* it ends with us */
		;
	return 0;
}

static void
it_finds_out_whether_there_is_a_voice(void **state)
{
	(void)state;
	assert_false(speech_works(s));
	assert_true(until(speech_works, true));
	speech_close(&s);
	setenv("BADGEWARD_SPEECH", "/nonexistent", 1);
	assert_ok(speech_open(&s, now()));
	assert_true(until(speech_is_busy, false));
	assert_false(speech_works(s));
}

/* A kiosk without a sound card does not try for ever, and what is wrong is
 * said by the voice alone. */
static void
it_gives_up(void **state)
{
	FILE *f = tmpfile();
	int had = dup(STDERR_FILENO);
	char text[4000] = "";

	(void)state;
	assert_non_null(f);
	assert_true(dup2(fileno(f), STDERR_FILENO) != -1);
	log_open("test_speech", LOG_LEVEL_INFO);
	speech_close(&s);
	setenv("BADGEWARD_SPEECH", "/nonexistent", 1);
	assert_ok(speech_open(&s, now()));
	for (int i = 0; i < 10 && speech_wake(s) != INT64_MAX; i++) {
		assert_true(until(speech_is_busy, false));
		if (speech_wake(s) != INT64_MAX)
			ahead += speech_wake(s) - now();
		speech_step(s, now());
	}
	assert_true(speech_wake(s) == INT64_MAX);
	log_open("test_speech", LOG_LEVEL_ERROR);
	dup2(had, STDERR_FILENO);
	close(had);
	rewind(f);
	(void)!fread(text, 1, sizeof(text) - 1, f);
	fclose(f);
	assert_non_null(strstr(text, "does not start"));
	assert_null(strstr(text, "speech is not to be had"));
}

static void
it_is_silent_at_once(void **state)
{
	(void)state;
	assert_true(until(speech_works, true));
	speech_say(s, "x-hang", TEXT, now());
	assert_true(speech_is_busy(s));
	assert_true(until(has_process, true));
	speech_stop(s, now());
	assert_false(speech_is_busy(s));
	assert_true(until(has_process, false));
	assert_true(speech_works(s));	/* that was no failure */
}

static void
the_last_text_is_said(void **state)
{
	(void)state;
	assert_true(until(speech_works, true));
	for (int i = 0; i < 20; i++)
		speech_say(s, "x-hang", TEXT, now());
	speech_say(s, "en", TEXT, now());
	assert_true(until(speech_is_busy, false));
	assert_true(speech_works(s));
}

static void
one_that_hangs_is_killed(void **state)
{
	(void)state;
	assert_true(until(speech_works, true));
	speech_say(s, "x-hang", TEXT, now());
	assert_true(until(has_process, true));
	ahead += 10000;
	speech_step(s, now());
	assert_true(speech_is_busy(s));
	ahead += SPEECH_MOST_MS;
	assert_true(until(speech_is_busy, false));
	assert_false(speech_works(s));
	assert_true(until(has_process, false));
	ahead += SPEECH_RETRY_MS;
	assert_true(until(speech_works, true));
}

static void
one_that_dies_is_no_voice(void **state)
{
	(void)state;
	assert_true(until(speech_works, true));
	speech_say(s, "x-die", TEXT, now());
	assert_true(until(speech_works, false));
	assert_false(speech_is_busy(s));
}

/* The kiosk goes on, and says no more. */
static void
the_herald_dies(void **state)
{
	(void)state;
	assert_true(until(speech_works, true));
	kill(child_of(getpid()), SIGKILL);
	assert_true(until(speech_works, false));
	assert_int_equal(speech_fd(s), -1);
	speech_say(s, "en", TEXT, now());
	assert_false(speech_is_busy(s));
	assert_true(speech_wake(s) == INT64_MAX);
}

/* A voice that does not read holds up nobody. */
static void
long_texts(void **state)
{
	static char text[SPEECH_TEXT_MAX + 2];

	(void)state;
	assert_true(until(speech_works, true));
	memset(text, 'x', SPEECH_TEXT_MAX);
	speech_say(s, "x-hang", text, now());
	assert_true(speech_is_busy(s));
	assert_true(until(has_process, true));
	text[SPEECH_TEXT_MAX] = 'x';
	speech_say(s, "x-hang", text, now());
	assert_false(speech_is_busy(s));
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(it_finds_out_whether_there_is_a_voice),
		T(it_gives_up),
		T(it_is_silent_at_once),
		T(the_last_text_is_said),
		T(one_that_hangs_is_killed),
		T(one_that_dies_is_no_voice),
		T(the_herald_dies),
		T(long_texts),
	};

	log_open("test_speech", LOG_LEVEL_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
