// SPDX-License-Identifier: Apache-2.0
#include "host/incident_letter.h"

#include <stdio.h>
#include <string.h>

#include "host/case.h"
#include "host/store_device.h"

static const char *
given(const char *s)
{
	return s[0] != 0 ? s : NULL;
}

struct named {
	const char *id;
	char *name;		/* INCIDENT_BOOTH_MAX */
};

static bw_err
on_sponsor(void *arg, const char *id, const char *name)
{
	const struct named *n = arg;

	if (strcmp(id, n->id) == 0)
		snprintf(n->name, INCIDENT_BOOTH_MAX, "%s", name);
	return BW_OK;
}

/* "Example Corp, Hall 2": the sponsor by its name, as the policy in force has
 * it, and the place of the device, if it is known; "" for the whole event. */
static bw_err
booth_of(struct store *s, const struct incident_scope *scope,
    char out[static INCIDENT_BOOTH_MAX])
{
	struct store_device d = { .booth = "" };
	struct named n = { scope->sponsor, out };
	size_t len;
	bw_err r = BW_OK;

	if (scope->device[0] != 0) {
		r = store_device_get(s, scope->device, &d);
		n.id = d.sponsor;
	}
	snprintf(out, INCIDENT_BOOTH_MAX, "%s", n.id);
	if (r == BW_OK && n.id[0] != 0)
		r = store_sponsor_each(s, on_sponsor, &n);
	len = strlen(out);
	if (d.booth[0] != 0)
		snprintf(out + len, INCIDENT_BOOTH_MAX - len, ", %s", d.booth);
	return r;
}

bw_err
incident_letter_fill(struct store *s, const struct incident *i,
    const struct mailconf *conf, struct incident_letter *own,
    struct letter *out)
{
	const struct incident_text *text = &own->text;
	bw_err r = incident_text_for(s, i->id, out->language, &own->text);

	if (r != BW_OK && r != BW_ERR_NOTFOUND)
		return r;
	if ((r = case_zone(s, out->zone)) != BW_OK ||
	    (r = booth_of(s, &i->scope, own->booth)) != BW_OK)
		return r;
	out->booth = given(own->booth);
	out->kind = LETTER_BREACH;
	out->date = i->event.from;
	out->until = i->event.to != 0 ? i->event.to - 1 : 0;
	out->reason = given(text->part[INCIDENT_HAPPENED]);
	out->likely = given(text->part[INCIDENT_LIKELY]);
	out->done = given(text->part[INCIDENT_MEASURES]);
	out->advice = given(text->part[INCIDENT_ADVICE]);
	out->contact = given(conf->contact);
	out->complain = given(conf->complain);
	return BW_OK;
}
