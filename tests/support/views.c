// SPDX-License-Identifier: Apache-2.0
#include "tests/support/views.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/notice.h"

static const char *const names[VIEWS_COUNT] = {
	"idle", "idle-eight", "ask", "ask-six", "ask-ticked", "ask-focus",
	"ask-pressed",
	"ask-many-languages", "ask-long", "languages", "hold", "reading",
	"hold-removed", "idle-logo", "ask-logo",
	"again", "again-six",
	"shared", "shared-six", "shared-pointer", "shared-undo-failed",
	"declined", "declined-again", "undone", "noanswer",
	"noanswer-again",
	"unread-no-badge", "unread-blocked", "unread-more-than-one",
	"trouble", "trouble-host", "trouble-revoked", "trouble-log",
	"trouble-day",
	"staff-pin", "staff-pin-wrong", "staff-pin-wait", "staff-home",
	"staff-day", "staff-over", "staff-anew",
	"staff-leads", "staff-leads-none", "staff-card",
	"staff-card-failed", "staff-rating", "staff-tags", "staff-answer",
	"staff-text", "staff-symbols", "enrol-address", "enrol-type",
	"enrol-tag", "enrol-wait", "enrol-confirm", "enrol-going",
	"enrol-failed",
};

const char *
views_name(int i)
{
	return names[i];
}

int
views_find(const char *name)
{
	int i = 0;

	while (strcmp(names[i], name) != 0)
		i++;
	return i;
}

static const char *const tags[] = { "en", "de", "fr", "es", "ja", "zh", "ar",
	"hi" };

static void
set(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from);
}

#define SET(to, from) set(to, sizeof(to), from)

/* The sentences are those that the host makes. */
static const struct {
	const char *lang, *country, *purpose;
} purposes[] = {
	{ "en", "Ireland", "contact you about its products and invite you to "
	    "its events" },
	{ "de", "Irland", "Sie über seine Produkte informieren und zu "
	    "Veranstaltungen einladen" },
	{ "fr", "Irlande", "vous informer sur ses produits et vous inviter à "
	    "ses événements" },
	{ "es", "Irlanda", "informarle sobre sus productos e invitarle a sus "
	    "eventos" },
	{ "ja", "アイルランド", "製品の\u200bご案内と\u200b"
	    "イベントへの\u200bご招待" },
	{ "zh", "爱尔兰", "向您介绍其产品并邀请您参加其活动" },
	{ "ar", "أيرلندا", "إطلاعكم على منتجاتها ودعوتكم إلى فعالياتها" },
	{ "hi", "आयरलैंड", "आपको अपने उत्पादों की जानकारी देना और कार्यक्रमों "
	    "में बुलाना" },
};

static void
fill_notice(struct policy_notice *n, const char *lang, const char *sponsor)
{
	char *const to[NOTICE_PARTS] = { n->title, n->purpose, n->retention,
		n->withdraw, n->silence };
	const char *why;
	size_t i = 0;

	while (strcmp(purposes[i].lang, lang) != 0)
		i++;
	SET(n->lang, lang);
	for (int k = 0; k < NOTICE_PARTS; k++) {
		enum notice_part part = (enum notice_part)k;
		const struct notice_facts f = { sponsor,
			purposes[i].country, purposes[i].purpose, 180 };

		if (notice_compose(part, notice_default(lang, part, f.days),
		    &f, to[k], &why) != BW_OK)
			abort();
	}
}

void
views_sponsor(struct views *s, const char *name)
{
	SET(s->policy.sponsor.name, name);
	fill_notice(&s->policy.notice[0], s->view.lang, name);
}

void
views_languages(struct views *s, int n)
{
	s->policy.nlangs = (size_t)n;
	for (int i = 0; i < n; i++)
		SET(s->policy.lang[i], tags[i]);
}

static void
fill_policy(struct views *s, const char *lang)
{
	struct policy *p = &s->policy;

	SET(p->event.name, "Summit 2026");
	SET(p->sponsor.name, "Example Corp");
	SET(p->sponsor.country, "IE");
	SET(p->sponsor.privacy_url, "https://example.com/privacy/expo");
	p->required = FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL);
	p->optional = FIELD_BIT(FIELD_COMPANY);
	views_languages(s, 2);
	fill_notice(&p->notice[0], lang, p->sponsor.name);
}

static void
fill_values(struct views *s)
{
	SET(s->values.v[FIELD_NAME], "Siobhán Nguyễn-Łukasz");
	SET(s->values.v[FIELD_EMAIL], "s.nguyen@example.org");
	SET(s->values.v[FIELD_COMPANY],
	    "Łódź Ośrodek Badań Stosowanych i Wdrożeń Przemysłowych Sp. z o.o.");
	SET(s->values.v[FIELD_JOB_TITLE], "Head of Research");
	SET(s->values.v[FIELD_WORK_PHONE], "+353 1 496 0000");
	SET(s->values.v[FIELD_LOCATION], "Dublin, Ireland");
}

static void
six_fields(struct views *s)
{
	s->policy.required = FIELD_BIT(FIELD_NAME);
	s->policy.optional = FIELD_ALL & (field_set)~FIELD_BIT(FIELD_NAME);
	s->view.ticked = s->policy.required;
}

/* As long as a policy may make them. */
static void
long_texts(struct views *s)
{
	struct policy_notice *n = &s->policy.notice[0];
	char *const to[] = { n->title, n->purpose, n->retention, n->withdraw };

	views_sponsor(s,
	    "Example Corporation of Western Europe and the Islands Limited");
	for (size_t i = 0; i < 4; i++) {
		char once[200];
		int whole = 190;

		while ((to[i][whole] & 0xc0) == 0x80)
			whole--;
		snprintf(once, sizeof(once), " %.*s", whole, to[i]);
		for (int k = 0; strlen(to[i]) + strlen(once) < 400 &&
		    k < (i == 0 ? 1 : 9); k++)
			strcat(to[i], once);
	}
	SET(s->policy.sponsor.privacy_url,
	    "https://privacy.example-corporation.example/en/events/2026/"
	    "summit/booth-visitors/notice?edition=2026-11&format=accessible");
}

static void
timed(struct view *v, unsigned left, unsigned total, bool extend)
{
	v->seconds_left = left;
	v->seconds_total = total;
	v->may_extend = extend;
}

static void
make_ask(struct views *s, const char *name)
{
	struct view *v = &s->view;

	v->state = STATE_ASK;
	timed(v, 42, 60, true);
	if (strcmp(name, "ask-six") == 0)
		six_fields(s);
	if (strcmp(name, "ask-ticked") == 0)
		v->ticked |= FIELD_BIT(FIELD_COMPANY);
	if (strcmp(name, "ask-focus") == 0)
		v->focus = "share";
	if (strcmp(name, "ask-pressed") == 0)
		v->pressed = "decline";
	if (strcmp(name, "ask-many-languages") == 0)
		views_languages(s, 4);
	if (strcmp(name, "ask-long") == 0) {
		six_fields(s);
		long_texts(s);
		views_languages(s, 8);
	}
	/* There is not always a voice. */
	v->can_speak = v->focus == NULL && v->pressed == NULL;
}

static void
make_shared(struct views *s, const char *name)
{
	struct view *v = &s->view;

	v->state = STATE_SHARED;
	timed(v, 25, 30, true);
	v->values = &s->values;
	v->granted = FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL);
	v->receipt_url =
	    "http://127.0.0.1:8080/r/#ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	if (strcmp(name, "shared-six") == 0)
		v->granted = FIELD_ALL;
	if (strcmp(name, "shared-pointer") == 0)
		memset(&s->values, 0, sizeof(s->values));
	v->undo_failed = strcmp(name, "shared-undo-failed") == 0;
}

static void
fill_shares(struct views *s)
{
	s->shares.n = 9;
	for (size_t i = 0; i < s->shares.n; i++) {
		struct staff_share *o = &s->shares.share[i];

		o->seq = 212 - 3 * i;
		snprintf(o->at, sizeof(o->at), "14:%02zu", 50 - 4 * i);
		o->noted = i % 4 == 1;
	}
}

static void
fill_question(struct policy_question *q, const char *id, const char *lang,
    const char *text)
{
	SET(q->id, id);
	q->ntexts = 1;
	SET(q->text[0].lang, lang);
	SET(q->text[0].text, text);
}

static void
fill_questions(struct views *s)
{
	struct policy *p = &s->policy;

	p->nquestions = 2;
	fill_question(&p->question[0], "interest", s->view.lang,
	    "Which of our boards are you interested in most?");
	p->question[0].nchoices = 3;
	SET(p->question[0].choice[0], "Board A");
	SET(p->question[0].choice[1], "Board B");
	SET(p->question[0].choice[2], "Training for your own engineers");
	fill_question(&p->question[1], "when", s->view.lang, "When?");
}

static const struct {
	const char *name;
	enum staff_page page;
} staff_pages[] = {
	{ "staff-home", STAFF_HOME }, { "staff-day", STAFF_HOME },
	{ "staff-over", STAFF_HOME }, { "staff-anew", STAFF_ANEW },
	{ "staff-leads", STAFF_LEADS }, { "staff-leads-none", STAFF_LEADS },
	{ "staff-card", STAFF_CARD }, { "staff-card-failed", STAFF_CARD },
	{ "staff-rating", STAFF_RATING }, { "staff-tags", STAFF_TAGGING },
	{ "staff-answer", STAFF_ANSWER }, { "staff-text", STAFF_TEXT },
	{ "staff-symbols", STAFF_TEXT },
};

static void
fill_facts(struct staff_facts *f, const char *name)
{
	*f = (struct staff_facts){ .today = { 14, 9, 3 },
		.all = { 1042, 611, 87 }, .pending = 42, .reader = true,
		.clock = CLOCK_NTP };
	SET(f->device, "k07");
	SET(f->policy, "3, 2026-12-31 23:59 UTC");
	f->day_over = strcmp(name, "staff-day") == 0;
	f->over = strcmp(name, "staff-over") == 0 ||
	    strcmp(name, "staff-anew") == 0;
}

static void
make_staff(struct views *s, const char *name)
{
	struct staff *t = &s->staff;

	timed(&s->view, 21, 30, false);
	s->view.state = STATE_STAFF;
	s->view.staff = t;
	s->view.shares = &s->shares;
	SET(t->pin, "314");
	t->wrong = strcmp(name, "staff-pin-wrong") == 0;
	s->view.staff_wait = strcmp(name, "staff-pin-wait") == 0 ? 8 : 0;
	for (size_t i = 0; i < sizeof(staff_pages) / sizeof(staff_pages[0]);
	    i++)
		if (strcmp(staff_pages[i].name, name) == 0)
			t->page = staff_pages[i].page;
	fill_facts(&t->facts, name);
	if (strcmp(name, "staff-leads-none") != 0)
		fill_shares(s);
	fill_questions(s);
	t->share = (struct staff_share){ .seq = 212, .at = "14:50" };
	t->rating = 4;
	t->tags = 5;
	t->failed = strcmp(name, "staff-card-failed") == 0;
	t->symbols = strcmp(name, "staff-symbols") == 0;
	if (t->page == STAFF_TEXT)
		t->question = STAFF_NOTE;
	SET(t->text[0], "Board B");
	SET(t->text[STAFF_NOTE], "Wants a quote for 40 boards before the "
	    "end of May; call Tuesday");
}

static const char *const steps[] = { "enrol-address", "enrol-type",
	"enrol-tag", "enrol-wait", "enrol-confirm", "enrol-going",
	"enrol-failed" };

static void
make_rest(struct views *s, const char *name)
{
	struct view *v = &s->view;
	int step = 0;

	if (strncmp(name, "staff", 5) == 0) {
		make_staff(s, name);
		return;
	}
	while (strcmp(steps[step], name) != 0)
		step++;
	v->state = STATE_ENROL;
	v->policy = NULL;
	v->notice = NULL;
	v->enrol_step = (enum enrol_step)step;
	v->enrol_event = "Summit 2026";
	v->enrol_sponsor = "Example Corp";
	v->enrol_device = "k07";
	v->enrol_why = WHY_UNKNOWN;
	v->enrol_retry = true;
	if (v->enrol_step == ENROL_STEP_TYPE)
		v->enrol_typed = "https://host.summit.example/enrol#"
		    "GAYTEMZUGU3DOOBZMFRGGZDFMY.MFZWIZ3NOQ";
}

static void
make_message(struct views *s, const char *name)
{
	struct view *v = &s->view;

	timed(v, 6, 8, false);
	if (strncmp(name, "declined", 8) == 0 || strcmp(name, "undone") == 0) {
		v->state = STATE_DECLINED;
		v->undone = name[0] == 'u';
		v->again = name[0] == 'd' && name[8] != '\0';
	} else if (strncmp(name, "noanswer", 8) == 0) {
		v->state = STATE_NOANSWER;
		v->again = name[8] != '\0';
	} else if (strncmp(name, "unread", 6) == 0) {
		v->state = STATE_UNREAD;
		v->reason = strcmp(name, "unread-blocked") == 0 ?
		    UNREAD_BLOCKED : strcmp(name, "unread-no-badge") == 0 ?
		    UNREAD_NO_BADGE : UNREAD_MORE_THAN_ONE;
	} else if (strncmp(name, "trouble", 7) == 0) {
		timed(v, 0, 0, false);
		v->state = STATE_TROUBLE;
		v->trouble = name[7] == '\0' ? TROUBLE_READER :
		    name[8] == 'h' ? TROUBLE_HOST :
		    name[8] == 'l' ? TROUBLE_LOG :
		    name[8] == 'd' ? TROUBLE_DAY : TROUBLE_REVOKED;
	} else {
		timed(v, 0, 0, false);
		make_rest(s, name);
	}
}

/* A ring beside a bar, blue on nothing; alive as long as the program. */
static void
fill_logo(struct policy *p)
{
	static uint8_t px[160 * 60][4];

	for (int i = 0; i < 160 * 60; i++) {
		int x = i % 160 - 30, y = i / 160 - 30, r = x * x + y * y;
		bool ink = (r < 29 * 29 && r > 18 * 18) ||
		    (x > 38 && x < 126 && abs(y) < 12);

		px[i][0] = 0x10;
		px[i][1] = 0x30;
		px[i][2] = 0xb0;
		px[i][3] = ink ? 255 : 0;
	}
	p->logo.w = 160;
	p->logo.h = 60;
	p->logo.rgba = (struct bw_buf){ .ptr = px[0], .len = sizeof(px) };
}

void
views_make(struct views *s, int i, const char *lang)
{
	struct view *v = &s->view;
	const char *name = names[i];

	memset(s, 0, sizeof(*s));
	fill_policy(s, lang);
	fill_values(s);
	v->lang = lang;
	v->policy = &s->policy;
	v->notice = &s->policy.notice[0];
	v->ticked = s->policy.required;
	v->state = STATE_IDLE;
	v->can_speak = true;
	if (strcmp(name, "idle-eight") == 0) {
		views_languages(s, 8);
	} else if (strcmp(name, "languages") == 0) {
		v->state = STATE_ASK;
		v->language_list = true;
		views_languages(s, 8);
		timed(v, 42, 60, true);
	} else if (strncmp(name, "ask", 3) == 0) {
		make_ask(s, name);
	} else if (strncmp(name, "hold", 4) == 0) {
		v->state = STATE_HOLD;
		v->removed = name[4] != '\0';
		timed(v, 28, 30, false);
	} else if (strcmp(name, "reading") == 0) {
		v->state = STATE_READING;
		timed(v, 4, 5, false);
	} else if (strncmp(name, "again", 5) == 0) {
		v->state = STATE_AGAIN;
		timed(v, 42, 60, true);
		v->today = 20590;	/* five days after a Tuesday */
		v->shared_day = v->today - 5;
		if (name[5] != '\0') {
			v->shared_day = v->today;
			v->ticked = FIELD_ALL;
		}
	} else if (strncmp(name, "shared", 6) == 0) {
		make_shared(s, name);
	} else if (strncmp(name, "idle", 4) != 0) {
		make_message(s, name);
	}
	if (strstr(name, "-logo") != NULL)
		fill_logo(&s->policy);
}

#ifdef BW_SANITIZE
#define TURNS 16
#else
#define TURNS 8
#endif

bool
views_turn(void)
{
	static unsigned long calls;
	const char *turn = getenv("TURN");
	unsigned long n = calls++ + (turn != NULL ? strtoul(turn, NULL, 10) :
	    0);

	/* Lists of four or eight are not gone over at the same place. */
	return getenv("LONG") != NULL ||
	    (n + calls / (2 * TURNS)) % TURNS == 0;
}

bool
views_each(void)
{
#ifdef BW_SANITIZE
	return views_turn();
#else
	return true;
#endif
}
