// SPDX-License-Identifier: Apache-2.0
#include "host/incident_letter.h"

#include "host/case.h"

static const char *
given(const char *s)
{
	return s[0] != 0 ? s : NULL;
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
	    (r = incident_booth(s, i, own->booth)) != BW_OK)
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
