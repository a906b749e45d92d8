// SPDX-License-Identifier: Apache-2.0
#include "host/receipt_give.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "host/receipt_notice.h"

#define BUSY_MS 300		/* who only looks waits so long for writers */

/* The policy a share was made under; NULL when the host does not know it. */
static bw_err
policy_of(struct call *c, const struct store_receipt *r, struct policy **out)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	bw_err e;

	if (r->version[0] == 0)
		return BW_OK;
	if ((*out = calloc(1, sizeof(**out))) == NULL)
		return BW_ERR_NOMEM;
	e = store_policy_part(c->store, r->version, r->device.sponsor, &json);
	if (e == BW_OK)
		e = policy_decode((const char *)json.ptr, json.len, *out);
	bw_buf_free(&json);
	return e;
}

bw_err
share_facts_get(struct call *c, const uint8_t rh[static RECEIPT_RH],
    struct share_facts *out)
{
	bw_err e;

	memset(out, 0, sizeof(*out));
	if ((e = store_receipt_get(c->store, rh, c->now, BUSY_MS,
	    &out->r)) != BW_OK ||
	    (e = policy_of(c, &out->r, &out->pol)) != BW_OK ||
	    out->pol == NULL || (e = store_contact_get(c->store,
	    out->pol->version, &out->who)) != BW_OK)
		return e;
	return receipt_notice(c->store, &out->r, out->pol, &out->read);
}

void
share_facts_drop(struct share_facts *f)
{
	if (f->pol != NULL)
		policy_free(f->pol);
	free(f->pol);
	f->pol = NULL;
}

static const struct receipt_kind {
	const char *act, *type, *name;
	bool policy;		/* it needs the share's policy */
	bool drawn;		/* costs time: it is rationed */
	bw_err (*make)(struct call *c, const struct share_facts *f,
	    struct bw_buf *out);
} kinds[] = {
	{ "proof", "text/plain; charset=utf-8", "share.tlog-proof", false,
	    false, receipt_proof },
	{ "paper", "application/pdf", "receipt.pdf", true, true,
	    receipt_paper },
	{ "receipt", "application/ld+json", "receipt.jsonld", true, false,
	    receipt_jsonld },
};

const struct receipt_kind *
receipt_kind(const char *act)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].act, act) == 0)
			return &kinds[i];
	return NULL;
}

static bool
may(struct call *c, const struct share_facts *f, unsigned *wait)
{
	char key[TEXT_HEX_SIZE(RECEIPT_RH)];

	text_hex(f->r.lead.rh, RECEIPT_RH, key);
	return throttle_take(c->host->papers, key, clock_mono_ms(), wait);
}

bw_err
receipt_give(struct call *c, const struct receipt_kind *kind,
    const uint8_t rh[static RECEIPT_RH], unsigned *wait)
{
	struct bw_buf file = BW_BUF_INIT(HTTP_ANSWER_MAX);
	struct share_facts f;
	bw_err e = share_facts_get(c, rh, &f);

	*wait = 0;
	if (e == BW_OK && kind->policy && f.pol == NULL)
		e = BW_ERR_NOTFOUND;
	if (e == BW_OK && kind->drawn && !may(c, &f, wait))
		e = BW_ERR_DENIED;
	if (e == BW_OK && (e = kind->make(c, &f, &file)) == BW_OK) {
		http_text(c->out, 200, kind->type, file.ptr, file.len);
		http_save_as(c->out, kind->name);
	}
	share_facts_drop(&f);
	bw_buf_free(&file);
	return e;
}
