// SPDX-License-Identifier: Apache-2.0
#include "kiosk/scene.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/i18n.h"

static int
sized(const struct canvas *c, int hundredths)
{
	int px = canvas_degrees(c, hundredths);

	return c->large ? px * 5 / 4 : px;
}

int
scene_must(const struct canvas *c)
{
	return sized(c, 70);
}

int
scene_body(const struct canvas *c)
{
	return sized(c, 60);
}

int
scene_fine(const struct canvas *c)
{
	return sized(c, 50);
}

int
scene_small(const struct canvas *c)
{
	return sized(c, 46);
}

int
scene_least(const struct canvas *c)
{
	return sized(c, 42);
}

int
scene_target(const struct canvas *c)
{
	return canvas_mm(c, 91);
}

int
scene_gap(const struct canvas *c)
{
	int gap = canvas_mm(c, 17);

	return gap < 8 ? 8 : gap;
}

int
scene_margin(const struct canvas *c)
{
	return canvas_mm(c, 28);
}

const char *
scene_field(enum field f)
{
	switch (f) {
	case FIELD_NAME:
		return _("Name");
	case FIELD_EMAIL:
		return _("Email");
	case FIELD_COMPANY:
		return _("Company");
	case FIELD_JOB_TITLE:
		return _("Job title");
	case FIELD_WORK_PHONE:
		return _("Work phone");
	case FIELD_LOCATION:
		return _("Location");
	}
	return "";
}

const char *
scene_say(char *buf, size_t size, const char *fmt, const char *value)
{
	const char *at = strstr(fmt, "%s");
	int before = at != NULL ? (int)(at - fmt) : (int)strlen(fmt);
	int n = snprintf(buf, size, "%.*s" I18N_FSI "%s" I18N_PDI "%s", before,
	    fmt, value, at != NULL ? at + 2 : "");

	if (n >= 0 && (size_t)n >= size) {
		n = (int)size - 1;
		while (n > 0 && ((unsigned char)buf[n - 1] & 0xc0) == 0x80)
			n--;
		buf[n > 0 ? n - 1 : 0] = '\0';
	}
	return buf;
}

const char *
scene_sponsor(const struct view *v)
{
	return v->policy != NULL ? v->policy->sponsor.name : "";
}
