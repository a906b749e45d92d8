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

	if (s[0] != 0 && strchr("=+-@\t\r\n", s[0]) != NULL)
		return true;
	/* They begin with the same byte, with which few values do. */
	for (size_t i = 0; s[0] == wide[0][0] &&
	    i < sizeof(wide) / sizeof(wide[0]); i++)
		if (strncmp(s, wide[i], strlen(wide[i])) == 0)
			return true;
	return false;
}

bw_err
leads_csv_cell(struct bw_buf *out, const char *s)
{
	bool formula = leads_is_formula(s);
	size_t n;
	bw_err r;

	if (!formula && s[strcspn(s, "\",;\r\n\t")] == 0)
		return bw_buf_put_str(out, s);
	if ((r = bw_buf_put_str(out, formula ? "\"'" : "\"")) != BW_OK)
		return r;
	while (*s != 0) {
		n = strcspn(s, "\"");
		if ((r = bw_buf_put(out, s, n)) != BW_OK)
			return r;
		s += n;
		if (*s == '"') {
			if ((r = bw_buf_put_str(out, "\"\"")) != BW_OK)
				return r;
			s++;
		}
	}
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

const char *
leads_time(struct leads_clock *c, int64_t t)
{
	int64_t s = t % DAY;

	if (t < 0 || t / DAY != c->day) {
		when_format(t, c->text);
		c->len = strlen(c->text);
		c->day = t < 0 ? -1 : t / DAY;
		return c->text;
	}
	two(c->text + 11, s / 3600);
	two(c->text + 14, s / 60 % 60);
	two(c->text + 17, s % 60);
	return c->text;
}
