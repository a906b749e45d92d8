// SPDX-License-Identifier: Apache-2.0
#include "kiosk/kiosk.h"

#include <sys/signalfd.h>

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/notify.h"
#include "base/text.h"
#include "base/watch.h"
#include "guard/guard.h"
#include "kiosk/i18n.h"
#include "kiosk/kiosk_parts.h"
#include "kiosk/secret.h"

/* Descriptors beside the screen's: reader, inbox, signals, voice. */
#define OWN_FDS 4

int64_t
kiosk_now(const struct kiosk *k)
{
	return clock_mono_ms() + k->skew;
}

static const char *
peer_state(void *ctx)
{
	struct kiosk *k = ctx;

	kiosk_reader(k);
	kiosk_tick(k);
	return consent_state_name(k->consent.state);
}

static const struct ui *
peer_ui(void *ctx)
{
	struct kiosk *k = ctx;

	kiosk_show(k, true);
	return k->ui;
}

/* Every state that ends on the way does so at its own time. */
static void
peer_advance(void *ctx, int64_t ms)
{
	struct kiosk *k = ctx;
	int64_t left = ms;

	kiosk_show(k, true);	/* what is there now is there before */
	while (left > 0) {
		int64_t due = k->consent.deadline - kiosk_now(k);
		int64_t step = k->consent.deadline != 0 && due < left ?
		    due : left;

		if (step < 0)
			step = 0;
		k->skew += step;
		left -= step;
		kiosk_tick(k);
		/* Something is being stored: it has no time of its own. */
		if (step == 0 && k->consent.deadline != 0 &&
		    k->consent.deadline <= kiosk_now(k))
			break;
	}
	k->dirty = true;
	k->draw_at = 0;
}

static int64_t
peer_deaf(void *ctx)
{
	struct kiosk *k = ctx;

	return touch_deaf_ms(&k->touch, kiosk_now(k));
}

static int
signals(void)
{
	sigset_t set;

	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);	/* a write that fails says so itself */
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

static int64_t
earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int
wait_ms(const struct kiosk *k)
{
	int64_t real = clock_mono_ms(), own = kiosk_now(k);
	int64_t left = k->look_at - real, face = kiosk_face_due(k);
	int screen = k->screen->ops->timeout(k->screen);

	if (kiosk_mail_due(k))
		return 0;
	if (screen >= 0)
		left = earlier(left, screen);
	if (k->consent.deadline != 0)
		left = earlier(left, k->consent.deadline - own);
	if (k->door.due != 0)
		left = earlier(left, k->door.due - own);
	if (face != 0)
		left = earlier(left, face - own);
	if (k->reader != NULL)
		left = earlier(left, reader_client_wake(k->reader) - real);
	left = earlier(left, kiosk_voice_wake(k) - real);
	if (k->shown && notify_due_ms() >= 0)
		left = earlier(left, notify_due_ms());
	return left > 0 ? (int)left : 0;
}

static void
wait_for_something(struct kiosk *k, int sig)
{
	int ms = wait_ms(k), ready;
	struct pollfd fds[SCREEN_FDS_MAX + OWN_FDS];
	size_t n = k->screen->ops->fds(k->screen, fds, SCREEN_FDS_MAX);

	k->waits_from = clock_mono_ms();
	k->waits_till = k->waits_from + ms;
	fds[n] = (struct pollfd){ .fd = -1, .events = POLLIN };
	if (k->reader != NULL)
		fds[n].fd = reader_client_fd(k->reader);
	fds[n + 1] = (struct pollfd){ .fd = k->inbox_fd, .events = POLLIN };
	fds[n + 2] = (struct pollfd){ .fd = sig, .events = POLLIN };
	fds[n + 3] = (struct pollfd){ .fd = -1, .events = POLLIN };
	if (k->speech != NULL)
		fds[n + 3].fd = speech_fd(k->speech);
	ready = poll(fds, n + OWN_FDS, ms);
	k->waits_till = earlier(k->waits_till, clock_mono_ms());
	if (ready <= 0)
		return;
	if ((fds[n + 1].revents & POLLIN) != 0 && watch_drain(k->inbox_fd))
		k->mail_news = true;
	if (fds[n + 2].revents != 0)
		k->quit = true;
}

/* It lay there while the kiosk stood still, within the screen itself maybe:
 * nobody can say when it was made. The wait before it was no standing still,
 * what came before that wait was. */
static bool
is_late(const struct kiosk *k, const struct screen_event *e)
{
	int64_t age = clock_mono_ms() - e->since;

	if (e->since <= k->waits_from)
		age -= k->waits_till - k->waits_from;
	return age > KIOSK_LATE_MS;
}

/* All that was done at the screen, before the state that was on it may end. The
 * reader is first, nothing may hold up a badge that was read; but not before a
 * no that waited beside it. */
static void
take_input(struct kiosk *k)
{
	struct screen_event e;

	while (!k->quit && k->screen->ops->next(k->screen, &e)) {
		k->late = is_late(k, &e);
		if (!k->late)
			kiosk_reader(k);
		kiosk_input(k, &e);
		if (k->moved)
			kiosk_show(k, false);
		explicit_bzero(&e, sizeof(e));
	}
}

static void
tell_status(const struct kiosk *k)
{
	enum trouble t = k->consent.trouble;

	if (!k->enrolled)
		notify_status("not enrolled");
	else if (t == TROUBLE_NONE)
		notify_status("the booth is open");
	else
		notify_status("the booth is closed: %s",
		    consent_trouble_name(t));
}

static void
turn(struct kiosk *k)
{
	take_input(k);
	kiosk_reader(k);
	kiosk_tick(k);
	kiosk_first_step(k);
	if (kiosk_seconds(k) != k->seconds_shown)
		k->dirty = true;
	kiosk_show(k, false);
	if (clock_mono_ms() >= k->look_at) {
		k->look_at = clock_mono_ms() + KIOSK_LOOK_MS;
		kiosk_world(k);
		tell_status(k);
		k->mail_news = true;
	}
	if (kiosk_mail_due(k))
		kiosk_mail(k);
	/* A booth whose screen shows nothing new is as good as dead. */
	if (k->shown) {
		notify_ready();
		notify_alive();
	}
}

/* The screen would begin in English without a word about it. */
static bool
lang_is_there(const char *lang)
{
	char list[200];

	if (lang == NULL || i18n_has(lang))
		return true;
	log_error("--lang %s: the screen has no words in that language. It "
	    "has %s.", lang, i18n_list(list, sizeof(list)) == BW_OK ? list :
	    "en");
	return false;
}

static bw_err
open_back_end(struct kiosk *k, int *w, int *h)
{
	const struct kiosk_options *o = k->o;

	k->peer = (struct screen_peer){ k, peer_state, peer_ui, peer_advance,
		peer_deaf };
	if (o->screen == KIOSK_DRM)
		return screen_drm_open(&k->screen, &o->drm, w, h);
	*w = o->drm.w != 0 ? o->drm.w : 1024;
	*h = o->drm.h != 0 ? o->drm.h : 600;
	if (o->screen == KIOSK_WINDOW)
		return screen_window_open(&k->screen, "Badgeward", *w, *h);
	return screen_script_open(&k->screen, STDIN_FILENO, STDOUT_FILENO,
	    &k->peer);
}

static bool
open_screen(struct kiosk *k)
{
	int w, h;
	bw_err r;

	if ((r = open_back_end(k, &w, &h)) != BW_OK) {
		log_error("the screen cannot be opened: %s", bw_strerror(r));
		return false;
	}
	if (!kiosk_size(k, w, h))
		return false;
	k->misused = !lang_is_there(k->o->lang);
	return !k->misused;
}

static void
say_not_enrolled(const char *state)
{
	char *word = text_shell_word(state);

	log_info("not enrolled: give the address to the screen, or run "
	    "`badgeward-kiosk -C %s enrol ADDRESS`",
	    word != NULL ? word : state);
	free(word);
}

static bool
open_state(struct kiosk *k)
{
	bw_err r;

	if ((r = place_open(&k->place, k->o->state)) != BW_OK ||
	    (r = watch_open(k->place.inbox, &k->inbox_fd)) != BW_OK) {
		log_error("the state directory %s cannot be used: %s",
		    k->o->state, bw_strerror(r));
		return false;
	}
	r = kiosk_join(k);
	if (r == BW_ERR_BUSY)
		log_error("another kiosk or an enrolment is using %s. Stop it "
		    "first.", k->o->state);
	else if (r == BW_ERR_NOTFOUND) {
		say_not_enrolled(k->o->state);
		kiosk_first_begin(k);
	} else if (r != BW_OK)
		log_error("the state directory cannot be locked: %s",
		    bw_strerror(r));
	return r == BW_OK || r == BW_ERR_NOTFOUND;
}

static bool
open_reader(struct kiosk *k)
{
	bw_err r;

	k->reader_away = clock_mono_ms() - KIOSK_READER_AWAY_MS;
	k->reader_cause = READER_CAUSE_STARTING;
	if (k->o->nfc == NULL)
		return true;
	r = reader_client_open(&k->reader, k->o->nfc, clock_mono_ms());
	if (r != BW_OK)
		log_error("the reader cannot be started: %s", bw_strerror(r));
	return r == BW_OK;
}

/* From here on no program is executed and no process started: the spawner was
 * the last one. */
static bool
enter_guard(void)
{
	if (guard_enter(GUARD_KIOSK) == BW_OK)
		return true;
	log_error("the kernel refuses a filter of system calls");
	return false;
}

static bool
enough(bool memory)
{
	if (!memory)
		log_error("the kiosk cannot start: %s",
		    bw_strerror(BW_ERR_NOMEM));
	return memory;
}

static bool
open_all(struct kiosk *k)
{
	consent_init(&k->consent, false);
	touch_init(&k->touch);
	k->dirty = k->moved = true;
	k->visit = secret_alloc(sizeof(*k->visit));
	return enough(k->visit != NULL) && kiosk_first_init(k) &&
	    open_reader(k) && enter_guard() && open_screen(k) &&
	    open_state(k) && enough(kiosk_staff_init(k));
}

static void
close_all(struct kiosk *k)
{
	void *visit = k->visit, *staff = k->staff;

	reader_client_close(&k->reader);
	keys_fields_close(&k->fields);
	kiosk_first_close(k);
	secret_free(&visit, sizeof(*k->visit));
	secret_free(&staff, sizeof(*k->staff));
	screen_close(&k->screen);
	ui_close(&k->ui);
	rules_close(&k->rules);
	rules_close(&k->next);
	kiosk_answers_end(k, UINT64_MAX);
	journal_close(&k->journal);
	keys_close(&k->keys);
	if (k->inbox_fd != -1)
		close(k->inbox_fd);
	if (k->lock != -1)
		close(k->lock);
}

int
kiosk_run(const struct kiosk_options *o)
{
	struct kiosk *k = calloc(1, sizeof(*k));
	int sig = signals();
	bool ok, misused;

	if (k == NULL || sig == -1) {
		log_error("the kiosk cannot start: %s", strerror(errno));
		free(k);
		return 1;
	}
	k->o = o;
	k->speech = o->speech;
	k->lock = k->inbox_fd = -1;
	ok = open_all(k);
	if (ok && o->nfc == NULL)
		log_warn("no reader is given (--nfc): the booth stays closed");
	while (ok && !k->quit) {
		turn(k);
		if (!k->quit)
			wait_for_something(k, sig);
	}
	if (ok)
		kiosk_say_end(k);
	close_all(k);
	close(sig);
	misused = k->misused;
	free(k);
	return misused ? 2 : ok ? 0 : 1;
}
