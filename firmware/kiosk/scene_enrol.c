// SPDX-License-Identifier: Apache-2.0
/* A device that is not enrolled yet. Staff read this, not attendees. */
#include "kiosk/i18n.h"
#include "kiosk/message.h"
#include "kiosk/rows.h"

static void
confirm(struct canvas *c, const struct view *v)
{
	struct widget no = { .name = "cancel", .text = _("Cancel"),
		.below = _("do not enrol"), .icon = ICON_CROSS,
		.px = scene_must(c), .below_px = scene_body(c),
		.least = scene_least(c), .full = true };
	struct widget yes = no;
	struct label l = { .s = _("Enrol this device?"), .bold = true,
		.px = scene_must(c) * 12 / 10, .colour = c->theme->ink,
		.ground = c->theme->ground };
	struct rows r = { .n = 3 };
	struct ui_box body = scene_head(c, v, false), choice;

	yes.name = "confirm";
	yes.text = _("Enrol");
	yes.below = _("all of this is right");
	yes.icon = ICON_TICK;
	r.row[0].name = _("Event");
	r.row[0].value = v->enrol_event != NULL ? v->enrol_event : "";
	r.row[1].name = _("Sponsor");
	r.row[1].value = v->enrol_sponsor != NULL ? v->enrol_sponsor : "";
	r.row[2].name = _("Device");
	r.row[2].value = v->enrol_device != NULL ? v->enrol_device : "";
	box_bottom(&body, scene_margin(c), 0);
	choice = box_bottom(&body, scene_choice_height(c), scene_gap(c));
	box_top(&body, 0, scene_gap(c));
	label_draw(c, &l, box_top(&body, label_size(c, &l, body.w).h,
	    scene_gap(c)));
	(void)rows_fit(c, &r, body.w, body.h, scene_must(c), scene_least(c));
	rows_draw(c, &r, 0, r.n, body);
	scene_choices(c, &no, &yes, choice);
}

void
scene_enrol(struct canvas *c, const struct view *v)
{
	struct message m = { .icon = ICON_INFO };

	switch (v->enrol_step) {
	case ENROL_STEP_ADDRESS:
		m.headline = _("This device is not enrolled yet");
		m.text = _("Make an enrol address with \"badgeward device "
		    "add\", then hand it to this device with "
		    "\"badgeward-kiosk enrol ADDRESS\".");
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
		m.button = message_done(c);
		break;
	}
	message_draw(c, v, &m, scene_head(c, v, false));
}
