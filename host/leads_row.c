// SPDX-License-Identifier: Apache-2.0
#include "host/leads_row.h"

#include <stdbool.h>
#include <string.h>

#include "host/when.h"

#define DAY 86400

bool
leads_is_formula(const char *s)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };

	switch (s[0]) {
	case '=': case '+': case '-': case '@': case '\t': case '\r': case '\n':
		return true;
	default:
		break;
	}
	/* They begin with the same byte, with which few values do. */
	for (size_t i = 0; s[0] == wide[0][0] &&
	    i < sizeof(wide) / sizeof(wide[0]); i++)
		if (strncmp(s, wide[i], strlen(wide[i])) == 0)
			return true;
	return false;
}

/* How many bytes need no quotes: values are short, and strcspn begins by making
 * a table of its own. */
static size_t
plain(const char *s)
{
	static const bool quoted[256] = { [0] = true, ['"'] = true,
		[','] = true, [';'] = true, ['\r'] = true, ['\n'] = true,
		['\t'] = true };
	size_t n = 0;

	while (!quoted[(uint8_t)s[n]])
		n++;
	return n;
}

bw_err
leads_csv_cell(struct bw_buf *out, const char *s)
{
	bool formula = leads_is_formula(s);
	const char *quote;
	size_t n = plain(s);
	bw_err r;

	if (!formula && s[n] == 0)
		return bw_buf_put(out, s, n);
	if ((r = bw_buf_put_str(out, formula ? "\"'" : "\"")) != BW_OK)
		return r;
	for (; (quote = strchr(s, '"')) != NULL; s = quote + 1)
		if ((r = bw_buf_put(out, s, (size_t)(quote + 1 - s))) !=
		    BW_OK || (r = bw_buf_put_u8(out, '"')) != BW_OK)
			return r;
	if ((r = bw_buf_put_str(out, s)) != BW_OK)
		return r;
	return bw_buf_put_u8(out, '"');
}

bw_err
leads_json_cell(struct bw_buf *out, const char *s)
{
	bw_err r;

	if ((r = bw_buf_put_u8(out, '"')) != BW_OK)
		return r;
	for (; *s != 0; s++) {
		uint8_t c = (uint8_t)*s;

		if (c == '"' || c == '\\')
			r = bw_buf_printf(out, "\\%c", c);
		else if (c < 0x20)
			r = bw_buf_printf(out, "\\u%04x", (unsigned)c);
		else
			r = bw_buf_put_u8(out, c);
		if (r != BW_OK)
			return r;
	}
	return bw_buf_put_u8(out, '"');
}

static void
two(char *out, int64_t v)
{
	out[0] = (char)('0' + v / 10);
	out[1] = (char)('0' + v % 10);
}

/* The digits are put where they are wanted: read again at once, as part of the
 * text, each of them would be waited for. */
size_t
leads_time(struct leads_clock *c, int64_t t, char out[static LEADS_TIME_SIZE])
{
	int64_t s = t % DAY;

	if (t < 0 || t / DAY != c->day) {
		when_format(t, c->text);
		memcpy(out, c->text, sizeof(c->text));
		c->day = t < 0 || strlen(out) != sizeof(c->text) - 1 ? -1 :
		    t / DAY;
		return strlen(out);
	}
	memcpy(out, c->text, sizeof(c->text));
	two(out + 11, s / 3600);
	two(out + 14, s / 60 % 60);
	two(out + 17, s % 60);
	return sizeof(c->text) - 1;
}
