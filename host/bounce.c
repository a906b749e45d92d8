// SPDX-License-Identifier: Apache-2.0
#include "host/bounce.h"

#include <gmime/gmime.h>
#include <string.h>

#define PARTS_MAX 16	/* of a report: there are three */
#define GROUPS_MAX 32	/* of fields: of the message and of its recipients */

void
bounce_begin(void)
{
	g_mime_init();
}

static GMimeMessage *
message_of(GMimeStream *from)
{
	GMimeParser *parser = g_mime_parser_new_with_stream(from);
	GMimeMessage *m = g_mime_parser_construct_message(parser, NULL);

	g_object_unref(parser);
	return m;
}

/* What stands in a part, decoded. NULL: nothing. */
static GMimeStream *
content_of(GMimeObject *part)
{
	GMimeDataWrapper *data = GMIME_IS_PART(part) ?
	    g_mime_part_get_content(GMIME_PART(part)) : NULL;
	GMimeStream *out;

	if (data == NULL || (out = g_mime_stream_mem_new()) == NULL)
		return NULL;
	(void)g_mime_data_wrapper_write_to_stream(data, out);
	(void)g_mime_stream_reset(out);
	return out;
}

static const char *
field(GMimeMessage *m, const char *name)
{
	const char *text = g_mime_object_get_header(GMIME_OBJECT(m), name);

	return text != NULL ? text : "";
}

/* A delay has an Action of its own. What a server gave up after days of a
 * passing fault (4.x.x) has failed as well. */
static bool
is_failure(GMimeMessage *m)
{
	const char *status = field(m, "Status");

	return g_ascii_strncasecmp(field(m, "Action"), "failed", 6) == 0 &&
	    (status[0] == '5' || status[0] == '4') && status[1] == '.';
}

/* Groups of fields with an empty line between them: each is read as a mail
 * whose text is what follows. */
static bool
says_failed(GMimeObject *part)
{
	GMimeStream *s = content_of(part);
	bool failed = false;

	for (int i = 0; s != NULL && !failed && i < GROUPS_MAX; i++) {
		GMimeMessage *m = message_of(s);
		GMimeObject *rest = m != NULL ?
		    g_mime_message_get_mime_part(m) : NULL;
		GMimeStream *next = NULL;

		if (m != NULL && !(failed = is_failure(m)) && rest != NULL)
			next = content_of(rest);
		g_object_unref(s);
		s = next != NULL && g_mime_stream_length(next) > 0 ? next :
		    NULL;
		if (s == NULL && next != NULL)
			g_object_unref(next);
		if (m != NULL)
			g_object_unref(m);
	}
	if (s != NULL)
		g_object_unref(s);
	return failed;
}

static bool
take_id(GMimeMessage *m, struct bounce *out)
{
	return mail_id_parse(field(m, "Message-ID"), &out->mail, out->token);
}

/* The mail that came back, or its header. */
static bool
names_ours(GMimeObject *part, struct bounce *out)
{
	GMimeMessage *m = GMIME_IS_MESSAGE_PART(part) ?
	    g_mime_message_part_get_message(GMIME_MESSAGE_PART(part)) : NULL;
	GMimeStream *s;
	bool ours = false;

	if (m != NULL)
		return take_id(m, out);
	if ((s = content_of(part)) == NULL)
		return false;
	if ((m = message_of(s)) != NULL) {
		ours = take_id(m, out);
		g_object_unref(m);
	}
	g_object_unref(s);
	return ours;
}

static bool
is(GMimeObject *part, const char *type, const char *subtype)
{
	return g_mime_content_type_is_type(
	    g_mime_object_get_content_type(part), type, subtype);
}

static bool
read_report(GMimeMultipart *report, struct bounce *out)
{
	bool failed = false, ours = false;
	int n = g_mime_multipart_get_count(report);

	for (int i = 0; i < n && i < PARTS_MAX; i++) {
		GMimeObject *part = g_mime_multipart_get_part(report, i);

		if (is(part, "message", "delivery-status") ||
		    is(part, "message", "global-delivery-status"))
			failed = failed || says_failed(part);
		else if (!ours && (is(part, "message", "rfc822") ||
		    is(part, "message", "global") ||
		    is(part, "message", "global-headers") ||
		    is(part, "text", "rfc822-headers")))
			ours = names_ours(part, out);
	}
	return failed && ours;
}

static bool
is_report(GMimeObject *top)
{
	const char *type;

	if (top == NULL || !GMIME_IS_MULTIPART(top) ||
	    !is(top, "multipart", "report"))
		return false;
	type = g_mime_object_get_content_type_parameter(top, "report-type");
	return type != NULL && g_ascii_strcasecmp(type, "delivery-status") == 0;
}

bw_err
bounce_read(const void *ptr, size_t len, struct bounce *out)
{
	GMimeStream *s;
	GMimeMessage *m;
	GMimeObject *top;
	bw_err r = BW_ERR_NOTFOUND;

	memset(out, 0, sizeof(*out));
	if (len > BOUNCE_MAX)
		return BW_ERR_BOUND;
	s = g_mime_stream_mem_new_with_buffer(ptr, len);
	m = message_of(s);
	g_object_unref(s);
	if (m == NULL)
		return r;
	top = g_mime_message_get_mime_part(m);
	if (is_report(top) && read_report(GMIME_MULTIPART(top), out))
		r = BW_OK;
	else
		memset(out, 0, sizeof(*out));
	g_object_unref(m);
	return r;
}
