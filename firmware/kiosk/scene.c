// SPDX-License-Identifier: Apache-2.0
#include "kiosk/scene.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/i18n.h"
#include "kiosk/isolate.h"

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
	size_t before = at != NULL ? (size_t)(at - fmt) : strlen(fmt);
	const char *after = at != NULL ? at + 2 : "";
	size_t rest = before + strlen(after);

	/* The sentences are ours; it is the value that may be long. */
	if (at == NULL || rest + 8 >= size) {
		snprintf(buf, size, "%s", fmt);
		return buf;
	}
	snprintf(buf, size, "%.*s", (int)before, fmt);
	isolate(buf + before, size - rest, I18N_FSI, value);
	strcat(buf, after);
	return buf;
}

const char *
scene_sponsor(const struct view *v)
{
	return v->policy != NULL ? v->policy->sponsor.name : "";
}
