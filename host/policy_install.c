// SPDX-License-Identifier: Apache-2.0
#include "host/policy_install.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/policy_kept.h"

/* Whether the logos are those that were installed; the names are in the text,
 * what is in the files is not. */
static bw_err
same_logos(struct store *s, const char *version, const struct policyfile *p,
    bool *same)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	struct policy *had = calloc(1, sizeof(*had));
	bw_err r = had != NULL ? BW_OK : BW_ERR_NOMEM;

	for (size_t i = 0; i < p->n && *same && r == BW_OK; i++) {
		const struct policy *now = p->part[i];

		bw_buf_reset(&json);
		r = store_policy_part(s, version, now->sponsor.id, &json);
		if (r == BW_OK)
			r = policy_decode((const char *)json.ptr, json.len,
			    had);
		if (r != BW_OK)
			break;
		*same = had->logo.rgba.len == now->logo.rgba.len &&
		    (had->logo.rgba.len == 0 || memcmp(had->logo.rgba.ptr,
		    now->logo.rgba.ptr, had->logo.rgba.len) == 0);
		policy_free(had);
	}
	free(had);
	bw_buf_free(&json);
	return r;
}

/* The number of the one that is in force, 0: none, and whether it is this. */
static bw_err
current(struct store *s, const struct policyfile *p, const struct bw_buf *text,
    uint64_t *n, bool *same)
{
	struct bw_buf now = BW_BUF_INIT(POLICYFILE_MAX + 1);
	struct store_policy cur;
	bw_err r = store_policy_current(s, &cur);

	*n = 0;
	*same = false;
	if (r != BW_OK)
		return r == BW_ERR_NOTFOUND ? BW_OK : r;
	r = store_policy_source(s, cur.version, &now);
	*same = r == BW_OK && now.len == text->len &&
	    memcmp(now.ptr, text->ptr, now.len) == 0;
	if (r == BW_OK && *same)
		r = same_logos(s, cur.version, p, same);
	if (r == BW_OK)
		r = text_number(cur.version, strlen(cur.version), INT64_MAX,
		    n);
	bw_buf_free(&now);
	return r;
}

bw_err
policy_next_version(struct store *s, const struct hostdir *h,
    const struct policyfile *p, const struct bw_buf *text, bool past,
    struct policy_next *out)
{
	struct policy_found found = { 0 };
	uint64_t cur, n = 0, last;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = current(s, p, text, &cur, &out->same)) != BW_OK)
		return r;
	if (out->same)
		n = cur;
	else if ((r = policy_kept_find(h, s, p, text, past ? 0 : cur,
	    &found)) != BW_OK || (r = policy_kept_last(h, cur,
	    &last)) != BW_OK)
		return r;
	else
		n = found.n != 0 ? found.n : 1 + (last > cur ? last : cur);
	out->other = found.other;
	out->past = n < cur;
	snprintf(out->version, sizeof(out->version), "%" PRIu64, n);
	return BW_OK;
}

bw_err
policy_renamed(struct store *s, const struct policyfile *p,
    policy_renamed_cb cb, void *arg)
{
	char was[RENAMED_NAME_SIZE];
	bw_err r = BW_OK;

	for (size_t i = 0; r == BW_OK && i < p->n; i++) {
		const struct policy *now = p->part[i];

		r = store_renamed(s, now->sponsor.id, now->sponsor.name, was);
		if (r == BW_OK && was[0] != 0)
			r = cb(arg, now, was);
	}
	return r;
}

bool
policyfile_has(const struct policyfile *p, const char *sponsor)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->part[i]->sponsor.id, sponsor) == 0)
			return true;
	return false;
}

bw_err
policy_install(struct store *s, const struct hostdir *h, struct policyfile *p,
    const char *version, const struct bw_buf *text, int64_t now,
    char path[static FILE_PATH_MAX])
{
	bw_err r;

	path[0] = 0;
	policyfile_fill(p, h, version);
	r = store_policy_install(s, version, (const char *)text->ptr,
	    text->len, (const struct policy *const *)p->part, p->n, now);
	if (r == BW_OK)
		r = store_contact_put(s, version, &p->who);
	return r == BW_OK ? policy_kept_put(h, version, p, text, path) : r;
}
