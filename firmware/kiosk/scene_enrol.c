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

void
scene_enrol(struct canvas *c, const struct view *v)
{
	struct message m = { .icon = ICON_INFO, .foot = { .v = v } };

	switch (v->enrol_step) {
	case ENROL_STEP_ADDRESS:
		m.headline = _("This device is not enrolled yet");
		m.text = _("Make an enrol address with \"badgeward device "
		    "add\", then hand it to this device with "
		    "\"badgeward-kiosk enrol ADDRESS\".");
		if (v->can_speak)
			m.more = _("For people who cannot see the screen: while "
			    "\"Start\" is shown, the Back key switches "
			    "speech on.");
		break;
	case ENROL_STEP_WAIT:
		m.icon = ICON_CLOCK;
		m.headline = _("Asking the host");
		m.text = _("This takes a few seconds when the network is "
		    "there.");
		break;
	case ENROL_STEP_CONFIRM:
		confirm(c, v);
		return;
	case ENROL_STEP_FAILED:
		m.headline = _("This device was not enrolled");
		m.text = v->enrol_error;
		m.foot.first = message_done(c);
		break;
	}
	message_draw(c, &m, scene_head(c, v, false));
}
