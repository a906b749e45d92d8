// SPDX-License-Identifier: Apache-2.0
#include "kiosk/enrol_check.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* The host key that an unverified policy names, for the pin to judge. */
static bw_err
claimed_host(const struct bw_buf *jws, uint8_t spki[static CRYPTO_SPKI])
{
	const char *s = (const char *)jws->ptr, *dot, *end;
	struct bw_buf payload = BW_BUF_INIT(POLICY_MAX);
	struct policy *p;
	bw_err r = BW_ERR_FORMAT;

	if (jws->len == 0 || (dot = memchr(s, '.', jws->len)) == NULL)
		return r;
	dot++;
	end = memchr(dot, '.', jws->len - (size_t)(dot - s));
	if (end == NULL)
		return r;
	if ((p = calloc(1, sizeof(*p))) == NULL)
		return BW_ERR_NOMEM;
	if ((r = text_unb64url(dot, (size_t)(end - dot), &payload)) == BW_OK) {
		r = policy_decode((const char *)payload.ptr, payload.len, p);
		memcpy(spki, p->host_spki, CRYPTO_SPKI);
		policy_free(p);
	}
	free(p);
	bw_buf_free(&payload);
	return r;
}

/* The sponsor is what the offer says; all else must agree. */
bw_err
enrol_check_offer(const struct enrol_address *a, const struct bw_buf *json,
    struct enrol_offer *f, struct rules **rules)
{
	char origin[ORIGIN_MAX + 1];
	uint8_t spki[CRYPTO_SPKI];
	bw_err r;

	*rules = NULL;
	if ((r = enrol_offer_decode((const char *)json->ptr, json->len, f)) !=
	    BW_OK || (r = claimed_host(&f->policy, spki)) != BW_OK ||
	    (r = enrol_pin_check(a->pin, spki)) != BW_OK)
		return r;
	if ((r = rules_open(rules, (const char *)f->policy.ptr,
	    f->policy.len, spki, f->event, NULL)) != BW_OK)
		return r;
	if (!text_is_id(f->device, strlen(f->device)))
		return BW_ERR_FORMAT;
	if ((r = origin_format(origin, (*rules)->policy.event.log, f->event,
	    f->device)) != BW_OK)
		return r;
	return strcmp(origin, f->origin) == 0 ? BW_OK : BW_ERR_DENIED;
}

bw_err
enrol_check_answer(const struct journal *j, const struct keys *k,
    const struct bw_buf *json, struct bw_buf *jws, struct rules **rules)
{
	const struct body_open *open = journal_opening(j);
	json_t *top = json_loadb((const char *)json->ptr, json->len, 0, NULL);
	const char *s = json_string_value(json_object_get(top, "policy"));
	bw_err r = BW_ERR_FORMAT;

	rules_close(rules);
	if (s != NULL && (r = bw_buf_put(jws, s, strlen(s))) == BW_OK &&
	    (r = rules_open(rules, s, strlen(s),
	    journal_host_spki(j), open->event, open->sponsor)) ==
	    BW_OK)
		r = rules_unseal(*rules, k);
	json_decref(top);
	return r;
}
