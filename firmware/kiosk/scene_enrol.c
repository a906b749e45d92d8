// SPDX-License-Identifier: Apache-2.0
/* A device that is not enrolled yet. Staff read this, not attendees. */
#include "kiosk/i18n.h"
#include "kiosk/message.h"
#include "kiosk/rows.h"

static const char *
known(const char *s)
{
	return s != NULL ? s : "";
}

static struct label
question(const struct canvas *c)
{
	return (struct label){ .s = _("Enrol this device?"), .bold = true,
		.px = scene_must(c) * 12 / 10, .colour = c->theme->ink,
		.ground = c->theme->ground };
}

/* True when it fits: then it is drawn. */
static bool
draw_confirm(struct canvas *c, const struct view *v, struct rows *r,
    struct ui_box body)
{
	struct foot f = { .v = v };
	struct label l = question(c);
	struct ui_box foot, head;

	f.first = foot_answer(c, "cancel", _("Cancel"), _("do not enrol"),
	    ICON_CROSS);
	f.second = foot_answer(c, "confirm", _("Enrol"),
	    _("all of this is right"), ICON_TICK);
	foot = foot_plan(c, &f, &body);
	box_top(&body, 0, scene_gap(c));
	head = box_top(&body, label_size(c, &l, body.w).h, scene_gap(c));
	if (!rows_fit(c, r, body.w, body.h, scene_must(c), scene_least(c)) &&
	    c->large)
		return false;
	label_draw(c, &l, head);
	rows_draw(c, r, 0, r->n, body);
	foot_draw(c, &f, foot);
	return true;
}

static void
confirm(struct canvas *c, const struct view *v)
{
	struct rows r = { .n = 3 };
	struct ui_box body = scene_head(c, v, false);

	r.row[0].name = _("Event");
	r.row[0].value = known(v->enrol_event);
	r.row[1].name = _("Sponsor");
	r.row[1].value = known(v->enrol_sponsor);
	r.row[2].name = _("Device");
	r.row[2].value = known(v->enrol_device);
	if (!draw_confirm(c, v, &r, body)) {
		c->large = false;
		(void)draw_confirm(c, v, &r, body);
	}
}

static const char *const reasons[WHY_COUNT] = {
	[WHY_NO_ADDRESS] = N_("This is not an enrol address. It looks like "
	    "https://host/enrol#CODE.PIN; take the whole line."),
	[WHY_NOT_HTTPS] = N_("An enrol address begins with https://."),
	[WHY_UNKNOWN] = N_("The host does not know this address: it is wrong, "
	    "used up or older than a day. Ask for a new one with \"badgeward "
	    "device renew\"."),
	[WHY_OTHER_HOST] = N_("Another host has answered than the address "
	    "names. Check that it was typed right; if it was, do not go on, "
	    "and ask the organisers."),
	[WHY_OTHER_KEYS] = N_("The host has other keys for this address. Ask "
	    "for a new one with \"badgeward device add\"."),
	[WHY_THROTTLED] = N_("The host has had too many tries. Wait a while, "
	    "then try again."),
	[WHY_REFUSED] = N_("The host refused. Try again later, or ask the "
	    "organisers."),
	[WHY_NO_ANSWER] = N_("The host has not answered. Check the network, "
	    "then try again."),
	[WHY_BAD_ANSWER] = N_("The host's answer cannot be used. Try again, or "
	    "ask the organisers."),
	[WHY_NO_UPLINK] = N_("The service that reaches the network is not "
	    "ready. Wait a little, then try again."),
	[WHY_CLOCK] = N_("For the staff: the device does not know the time. "
	    "Connect it to the network."),
	[WHY_LOG_THERE] = N_("There is a log on this device already. Ask the "
	    "organisers."),
	[WHY_BUSY] = N_("Another program is enrolling this device. Wait a "
	    "little, then try again."),
	[WHY_STORAGE] = N_("For the staff: the storage is full or broken. Ask "
	    "the organisers."),
	[WHY_NO_TAG] = N_("No tag could be read. Hold one tag still until the "
	    "screen changes."),
	[WHY_OTHER_TAG] = N_("There is no enrol address on this tag."),
	[WHY_NO_READER] = N_("For the staff: the badge reader does not answer. "
	    "Check its cable."),
	[WHY_FILE] = N_("There is no enrol address in the file "
	    "badgeward-enrol.txt."),
};

static const char *
why_not(enum enrol_why why)
{
	return reasons[why] != NULL ? i18n_text(reasons[why]) : NULL;
}

static void
address(struct canvas *c, const struct view *v)
{
	struct message m = { .icon = ICON_INFO, .foot = { .v = v },
		.headline = _("This device is not enrolled yet"),
		.text = _("Make an enrol address with \"badgeward device "
		    "add\". Then type it here, or hold a tag with it to the "
		    "reader.") };

	if (v->can_speak)
		m.more = _("For people who cannot see the screen: while "
		    "\"Start\" is shown, the Back key switches "
		    "speech on.");
	m.foot.first = foot_answer(c, "type", _("Type it"), NULL, ICON_NONE);
	m.foot.second = foot_answer(c, "tag", _("Read a tag"), NULL,
	    ICON_NONE);
	message_draw(c, &m, scene_head(c, v, false));
}

static void
tag(struct canvas *c, const struct view *v)
{
	struct message m = { .icon = ICON_BADGE, .foot = { .v = v },
		.headline = _("Hold the tag to the reader"),
		.text = _("Keep it still until the screen changes.") };

	m.foot.first = foot_answer(c, "cancel", _("Cancel"),
	    _("do not enrol"), ICON_CROSS);
	message_draw(c, &m, scene_head(c, v, false));
}

/* There is no way back from where the host may have taken the keys. */
static void
asking(struct canvas *c, const struct view *v)
{
	bool going = v->enrol_step == ENROL_STEP_GOING;
	struct message m = { .icon = ICON_CLOCK, .foot = { .v = v },
		.headline = going ? _("Enrolling this device") :
		    _("Asking the host"),
		.text = _("This takes a few seconds when the network is "
		    "there.") };

	if (!going)
		m.foot.first = foot_answer(c, "cancel", _("Cancel"),
		    _("do not enrol"), ICON_CROSS);
	message_draw(c, &m, scene_head(c, v, false));
}

static void
failed(struct canvas *c, const struct view *v)
{
	struct message m = { .icon = ICON_INFO, .foot = { .v = v },
		.headline = _("This device was not enrolled"),
		.text = why_not(v->enrol_why) };

	m.foot.first = foot_answer(c, "done", _("Back"), NULL, ICON_NONE);
	if (v->enrol_retry)
		m.foot.second = foot_answer(c, "retry", _("Try again"), NULL,
		    ICON_NONE);
	message_draw(c, &m, scene_head(c, v, false));
}

void
scene_enrol(struct canvas *c, const struct view *v)
{
	switch (v->enrol_step) {
	case ENROL_STEP_ADDRESS:
		address(c, v);
		return;
	case ENROL_STEP_TYPE:
		scene_address(c, v);
		return;
	case ENROL_STEP_TAG:
		tag(c, v);
		return;
	case ENROL_STEP_WAIT:
	case ENROL_STEP_GOING:
		asking(c, v);
		return;
	case ENROL_STEP_CONFIRM:
		confirm(c, v);
		return;
	case ENROL_STEP_FAILED:
		failed(c, v);
		return;
	}
}
