// SPDX-License-Identifier: Apache-2.0
#include "host/leads_note.h"

#include <stdlib.h>
#include <string.h>

#include "host/leads_row.h"
#include "host/store_mark.h"

static bw_err
put_tags(const struct note *n, struct bw_buf *out)
{
	bw_err r = bw_buf_put_str(out, ", \"tags\": [");

	for (size_t i = 0; i < n->ntags && r == BW_OK; i++)
		if (i == 0 || (r = bw_buf_put_str(out, ", ")) == BW_OK)
			r = leads_json_cell(out, n->tag[i]);
	return r == BW_OK ? bw_buf_put_u8(out, ']') : r;
}

static bw_err
put_answers(const struct note *n, struct bw_buf *out)
{
	bw_err r = bw_buf_put_str(out, ", \"answers\": {");

	for (size_t i = 0; i < n->nanswers && r == BW_OK; i++) {
		const struct note_answer *a = &n->answer[i];

		if ((i != 0 && (r = bw_buf_put_str(out, ", ")) != BW_OK) ||
		    (r = leads_json_cell(out, a->question)) != BW_OK ||
		    (r = bw_buf_put_str(out, ": ")) != BW_OK)
			break;
		r = leads_json_cell(out, a->answer);
	}
	return r == BW_OK ? bw_buf_put_u8(out, '}') : r;
}

static bw_err
put_note(const struct note *n, struct bw_buf *out)
{
	bw_err r;

	if (n->rating < 0)
		r = bw_buf_put_str(out, ", \"rating\": null");
	else
		r = bw_buf_printf(out, ", \"rating\": %d", n->rating);
	if (r != BW_OK || (r = put_tags(n, out)) != BW_OK ||
	    (r = put_answers(n, out)) != BW_OK ||
	    (r = bw_buf_put_str(out, ", \"note\": ")) != BW_OK)
		return r;
	return n->text[0] != 0 ? leads_json_cell(out, n->text) :
	    bw_buf_put_str(out, "null");
}

bw_err
leads_note_json(struct store *s, uint64_t device, uint64_t share,
    struct bw_buf *out)
{
	struct store_mark *m = malloc(sizeof(*m));
	bw_err r;

	if (m == NULL)
		return BW_ERR_NOMEM;
	if ((r = store_mark_get(s, device, share, m)) == BW_OK)
		r = put_note(&m->note, out);
	explicit_bzero(m, sizeof(*m));
	free(m);
	return r;
}
