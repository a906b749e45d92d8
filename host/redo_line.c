// SPDX-License-Identifier: Apache-2.0
/* The lines of rights-done as texts. */
#include "host/redo.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

/* A word of a line, and the member of an act that it is. */
struct word {
	enum { WORD_END = 0, WORD_NUMBER, WORD_HEX, WORD_NAME, WORD_BOX } is;
	size_t at, size;		/* in struct redo_act */
};

#define AT(member) offsetof(struct redo_act, member), \
	sizeof(((struct redo_act *)NULL)->member)
#define NUMBER(member) { WORD_NUMBER, AT(member) }
#define SHARE { { WORD_HEX, AT(rh) } }
#define PERSON NUMBER(st.registration), { WORD_HEX, AT(key_mac) }
#define NAME { WORD_NAME, AT(name) }
#define REST 7				/* words behind the time */

static const struct {
	const char *name;
	struct word word[REST + 1];
} kinds[] = {
	[REDO_NONE] = { "none", { { WORD_END, 0, 0 } } },
	[REDO_SHARE] = { "share", SHARE },
	[REDO_HELD] = { "held", SHARE },
	[REDO_FREED] = { "freed", SHARE },
	[REDO_ALL] = { "all", { PERSON } },
	[REDO_WITHHELD] = { "withheld", { PERSON, NUMBER(st.restricted),
	    NUMBER(st.objected), NUMBER(st.staff), NUMBER(st.erase_planned),
	    NUMBER(st.erase_due) } },
	[REDO_DAILY] = { "daily", { PERSON } },
	[REDO_MINOR] = { "minor", { PERSON, NUMBER(minor),
	    NUMBER(released) } },
	[REDO_CORRECTED] = { "corrected", { PERSON, NUMBER(field),
	    { WORD_BOX, AT(box) } } },
	[REDO_BADGE] = { "badge", { PERSON } },
	[REDO_WRITTEN] = { "written", { PERSON } },
	[REDO_HOLD] = { "hold", { PERSON } },
	[REDO_LIFT] = { "lift", { PERSON, NUMBER(made) } },
	[REDO_HOLD_OF] = { "hold-of", { NAME } },
	[REDO_LIFT_OF] = { "lift-of", { NAME, NUMBER(made) } },
	[REDO_ACCOUNT] = { "account", { NUMBER(id), NUMBER(made),
	    NUMBER(state) } },
	[REDO_ROLE] = { "role", { NUMBER(id), NUMBER(made), NUMBER(role),
	    NAME } },
	[REDO_TOKEN] = { "token", { NUMBER(id), NUMBER(made) } },
	[REDO_DEVICE] = { "device", { NAME, NUMBER(made), NUMBER(lost) } },
	[REDO_RECOVERY] = { "recovery", { NUMBER(id), NUMBER(made),
	    { WORD_HEX, AT(code) } } },
	[REDO_NAME] = { "name", { NAME } },
	[REDO_COUNTED] = { "counted", { NUMBER(day) } },
	[REDO_COUNT] = { "count", { NAME, NUMBER(day), NUMBER(what),
	    NUMBER(n) } },
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static bool
take_number(const char *word, uint64_t max, void *out)
{
	uint64_t n;

	if (text_number(word, strlen(word), max, &n) != BW_OK)
		return false;
	memcpy(out, &n, sizeof(n));
	return true;
}

/* "-" is none. */
static bool
take_name(const char *word, char *out, size_t size)
{
	size_t len = strlen(word);

	if (strcmp(word, "-") == 0)
		return true;
	if (len >= size || !text_is_id(word, len))
		return false;
	memcpy(out, word, len + 1);
	return true;
}

static bool
take_box(const char *word, struct redo_box *out)
{
	struct bw_buf b = BW_BUF_INIT(REDO_BOX_MAX);
	bool yes = text_unb64url(word, strlen(word), &b) == BW_OK;

	if (yes && b.len != 0)
		memcpy(out->ptr, b.ptr, b.len);
	out->len = b.len;
	bw_buf_free(&b);
	return yes;
}

static bool
take_word(const char *text, const struct word *w, struct redo_act *act)
{
	char *out = (char *)act + w->at;

	switch (w->is) {
	case WORD_END:
		return false;
	case WORD_NUMBER:
		return take_number(text, INT64_MAX, out);
	case WORD_HEX:
		return strlen(text) == 2 * w->size &&
		    text_unhex(text, out, w->size) == BW_OK;
	case WORD_NAME:
		return take_name(text, out, w->size);
	case WORD_BOX:
		return take_box(text, &act->box);
	}
	return false;
}

static bool
take_rest(char *const *text, size_t n, struct redo_act *act)
{
	const struct word *w = kinds[act->kind].word;

	for (size_t i = 0; i < n; i++)
		if (!take_word(text[i], &w[i], act))
			return false;
	return w[n].is == WORD_END;
}

bw_err
redo_line_take(char *line, struct redo_act *act)
{
	char *rest = line, *word[4 + REST];
	size_t n = 0, kind = 0;

	memset(act, 0, sizeof(*act));
	while (n < 4 + REST && rest != NULL)
		word[n++] = strsep(&rest, " ");
	if (rest != NULL || n < 4 || strcmp(word[0], "1") != 0)
		return BW_ERR_FORMAT;
	while (kind < KINDS && strcmp(word[2], kinds[kind].name) != 0)
		kind++;
	if (kind == KINDS)
		return BW_ERR_FORMAT;
	act->kind = (enum redo_kind)kind;
	if (!take_number(word[1], INT64_MAX - 1, &act->num) ||
	    !take_number(word[3], INT64_MAX, &act->at))
		return BW_ERR_FORMAT;
	return take_rest(word + 4, n - 4, act) ? BW_OK : BW_ERR_FORMAT;
}

static bw_err
put_hex(struct bw_buf *b, const uint8_t *ptr, size_t len)
{
	char hex[TEXT_HEX_SIZE(CRYPTO_HASH)];

	if (len > CRYPTO_HASH)
		return BW_ERR_BOUND;
	text_hex(ptr, len, hex);
	return bw_buf_printf(b, "%s", hex);
}

static bw_err
put_word(struct bw_buf *b, const struct word *w, const struct redo_act *act)
{
	const char *in = (const char *)act + w->at;
	uint64_t n;

	switch (w->is) {
	case WORD_END:
		break;
	case WORD_NUMBER:
		memcpy(&n, in, sizeof(n));
		return bw_buf_printf(b, "%" PRIu64, n);
	case WORD_HEX:
		return put_hex(b, (const uint8_t *)in, w->size);
	case WORD_NAME:
		return bw_buf_printf(b, "%s", in[0] != 0 ? in : "-");
	case WORD_BOX:
		return text_b64url(b, act->box.ptr, act->box.len);
	}
	return BW_ERR_ARG;
}

bw_err
redo_line_put(struct bw_buf *b, uint64_t num, const struct redo_act *act)
{
	const struct word *w = kinds[act->kind].word;
	bw_err r = bw_buf_printf(b, "1 %" PRIu64 " %s %" PRId64, num,
	    kinds[act->kind].name, act->at);

	for (; r == BW_OK && w->is != WORD_END; w++)
		if ((r = bw_buf_put_u8(b, ' ')) == BW_OK)
			r = put_word(b, w, act);
	return r == BW_OK ? bw_buf_put_u8(b, '\n') : r;
}
