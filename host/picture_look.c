// SPDX-License-Identifier: Apache-2.0
/* An SVG before anything parses it. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "host/picture.h"

/* Blanks and quotes, as XML may write them too. */
static const char *
skip(const char *s)
{
	static const char *const over[] = { " ", "\t", "\r", "\n", "'", "\"",
		"&quot;", "&apos;" };
	size_t i = 0;

	while (i < sizeof(over) / sizeof(over[0]))
		if (strncmp(s, over[i], strlen(over[i])) == 0) {
			s += strlen(over[i]);
			i = 0;
		} else
			i++;
	return s;
}

/* Somewhere the word stands, and behind it what is not in this file. */
static bool
leads_out(const char *s, const char *word, bool assigned)
{
	while ((s = strcasestr(s, word)) != NULL) {
		s = skip(s + strlen(word));
		if (assigned) {
			if (*s != '=')
				continue;
			s = skip(s + 1);
		}
		if (*s != '#')
			return true;
	}
	return false;
}

static bool
is_outside(const char *s)
{
	return leads_out(s, "href", true) || leads_out(s, "url(", false) ||
	    strcasestr(s, "@import") != NULL ||
	    strcasestr(s, "<?xml-stylesheet") != NULL ||
	    strstr(s, "http://www.w3.org/2001/XInclude") != NULL;
}

static bool
is_packed(const struct bw_buf *file)
{
	return file->len >= 2 && file->ptr[0] == 0x1f && file->ptr[1] == 0x8b;
}

enum picture_why
picture_svg_look(const struct bw_buf *file)
{
	struct bw_buf text = BW_BUF_INIT(PICTURE_SVG_MAX + 4);
	enum picture_why why = PICTURE_KIND;
	const char *s, *first;

	if (is_packed(file))
		return PICTURE_SVG_PACKED;
	if (bw_buf_put(&text, file->ptr, file->len < PICTURE_SVG_MAX ?
	    file->len : PICTURE_SVG_MAX) != BW_OK ||
	    bw_buf_cstr(&text, &s) != BW_OK)
		goto out;
	if (strncmp(s, "\xef\xbb\xbf", 3) == 0)
		s += 3;
	first = s + strspn(s, " \t\r\n");
	if (*first != '<')
		goto out;
	why = PICTURE_SVG_LONG;
	if (file->len > PICTURE_SVG_MAX)
		goto out;
	why = PICTURE_SVG_DAMAGED;
	if (!text_is_utf8(s, strlen(s)))
		goto out;
	why = PICTURE_SVG_ENTITY;
	if (strcasestr(s, "<!entity") != NULL)
		goto out;
	why = is_outside(s) ? PICTURE_SVG_OUTSIDE : PICTURE_OK;
out:
	bw_buf_free(&text);
	return why;
}

bool
picture_svg_has_text(const struct bw_buf *file)
{
	return memmem(file->ptr, file->len, "<text", 5) != NULL ||
	    memmem(file->ptr, file->len, ":text", 5) != NULL;
}
