// SPDX-License-Identifier: Apache-2.0
#include "tools/tagwrite.h"

#include <string.h>

#define USER_PAGE 4

size_t
tagwrite_kept(const uint8_t *user, size_t n)
{
	size_t kept = 0, i = 0;

	while (i + 1 < n && user[i] <= 2) {
		if (user[i] == 0) {
			i++;
			continue;
		}
		i += 2 + (size_t)user[i + 1];
		kept = i;
	}
	return kept + 2 * TAGWRITE_PAGE <= n ? kept : 0;
}

static uint8_t *
add_step(struct tagwrite_plan *p, size_t page, const uint8_t *memory)
{
	uint8_t *data = p->step[p->n].data;

	p->step[p->n].page = (uint8_t)(USER_PAGE + page);
	memcpy(data, memory + page * TAGWRITE_PAGE, TAGWRITE_PAGE);
	p->n++;
	return data;
}

/* Make the old message empty: by its length alone where there is one, so that
 * a page that is half written holds the old one or none. */
static void
plan_empty(struct tagwrite_plan *p, const uint8_t *user, size_t nuser,
    size_t at)
{
	static const uint8_t no_message[] = { 0x03, 0x00, 0xfe };
	uint8_t empty[2 * NDEF_TAG_MAX] = { 0 };
	size_t page = (at + 1) / TAGWRITE_PAGE;

	if (at + 2 * TAGWRITE_PAGE <= nuser && user[at] == 0x03) {
		add_step(p, page, user)[(at + 1) % TAGWRITE_PAGE] = 0;
		return;
	}
	memcpy(empty, user, at);
	memcpy(empty + at, no_message, sizeof(no_message));
	add_step(p, page, empty);
	if (page != at / TAGWRITE_PAGE)
		add_step(p, at / TAGWRITE_PAGE, empty);
}

bw_err
tagwrite_plan(const uint8_t *user, size_t nuser, size_t room,
    const uint8_t *image, size_t len, struct tagwrite_plan *out)
{
	size_t at = tagwrite_kept(user, nuser), on = (at + 1) / TAGWRITE_PAGE;

	*out = (struct tagwrite_plan){ .n = 0 };
	if (len < 3 || image[0] != 0x03)
		return BW_ERR_FORMAT;
	if (room > NDEF_TAG_MAX || len > room || at > room - len)
		return BW_ERR_FULL;
	out->kept = at;
	out->len = (at + len + TAGWRITE_PAGE - 1) / TAGWRITE_PAGE *
	    TAGWRITE_PAGE;
	memcpy(out->memory, user, at);
	memcpy(out->memory + at, image, len);
	plan_empty(out, user, nuser, at);
	for (size_t p = at / TAGWRITE_PAGE; p < out->len / TAGWRITE_PAGE; p++)
		if (p != on)
			add_step(out, p, out->memory);
	/* Last the page with the first byte of the length: all but that byte,
	 * then that byte. */
	add_step(out, on, out->memory)[(at + 1) % TAGWRITE_PAGE] = 0;
	add_step(out, on, out->memory);
	return BW_OK;
}
