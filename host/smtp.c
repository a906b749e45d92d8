// SPDX-License-Identifier: Apache-2.0
#include "host/smtp.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "base/text.h"
#include "host/store_mail.h"

#define CONNECT_SECONDS 15L
#define WORD_BYTES 42		/* of UTF-8 in one encoded word (75 at most) */
#define HEADER_MAX 2000

/* How far a mail got: what was said last. */
enum phase { BEFORE, RECIPIENT, DATA };

struct smtp {
	CURL *curl;
	const struct mailconf *conf;
	enum phase phase;
	bool utf8;	/* the server offers SMTPUTF8 */
};

static bool
is_verb(const char *line, size_t len, curl_infotype type, const char *verb)
{
	return type == CURLINFO_HEADER_OUT && len > 4 &&
	    memcmp(line, verb, 4) == 0;
}

/* A line of a server's answer to EHLO: "250-SMTPUTF8". */
static bool
is_offer(const char *line, size_t len, curl_infotype type, const char *what)
{
	size_t n = strlen(what);

	return type == CURLINFO_HEADER_IN && len > n + 4 &&
	    strncasecmp(line + 4, what, n) == 0 &&
	    memcmp(line, "250", 3) == 0 && strchr(" \r\n", line[n + 4]) != NULL;
}

/* curl says what it sends and hears: only the verb is looked at, and what a
 * server offers. */
static int
on_debug(CURL *h, curl_infotype type, char *ptr, size_t len, void *arg)
{
	struct smtp *s = arg;

	(void)h;
	if (is_verb(ptr, len, type, "EHLO"))
		s->utf8 = false;
	else if (is_offer(ptr, len, type, "SMTPUTF8"))
		s->utf8 = true;
	/* QUIT comes after a mail that was not taken. */
	if (type == CURLINFO_DATA_OUT || is_verb(ptr, len, type, "DATA"))
		s->phase = DATA;
	else if (is_verb(ptr, len, type, "RCPT"))
		s->phase = RECIPIENT;
	else if (is_verb(ptr, len, type, "MAIL"))
		s->phase = BEFORE;
	return 0;
}

static size_t
on_body(char *ptr, size_t size, size_t n, void *arg)
{
	(void)ptr;
	(void)arg;
	return size * n;
}

static bool
set_tls(struct smtp *s)
{
	const struct mailconf *c = s->conf;
	long use = mail_server_near(c->server) && !c->starttls ?
	    CURLUSESSL_NONE : CURLUSESSL_ALL;

	return curl_easy_setopt(s->curl, CURLOPT_USE_SSL, use) == CURLE_OK &&
	    (c->ca[0] == 0 || curl_easy_setopt(s->curl, CURLOPT_CAINFO,
	    c->ca) == CURLE_OK) &&
	    (c->user[0] == 0 || (curl_easy_setopt(s->curl, CURLOPT_USERNAME,
	    c->user) == CURLE_OK && curl_easy_setopt(s->curl,
	    CURLOPT_PASSWORD, c->password) == CURLE_OK));
}

static bool
set_always(struct smtp *s, unsigned seconds)
{
	CURL *h = s->curl;

	return curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "smtp,smtps") ==
	    CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_PROXY, "") == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_URL, s->conf->server) == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS) ==
	    CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_TIMEOUT, (long)seconds) == CURLE_OK &&
	    /* Without it the answer to QUIT is waited for 120 s. */
	    curl_easy_setopt(h, CURLOPT_SERVER_RESPONSE_TIMEOUT,
	    (long)seconds) == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_DEBUGFUNCTION, on_debug) ==
	    CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_DEBUGDATA, s) == CURLE_OK &&
	    curl_easy_setopt(h, CURLOPT_VERBOSE, 1L) == CURLE_OK;
}

bw_err
smtp_open(struct smtp **out, const struct mailconf *conf, unsigned seconds)
{
	struct smtp *s;

	*out = NULL;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return BW_ERR_NOMEM;
	if ((s = calloc(1, sizeof(*s))) == NULL ||
	    (s->curl = curl_easy_init()) == NULL)
		goto fail;
	s->conf = conf;
	if (!set_always(s, seconds) || !set_tls(s))
		goto fail;
	*out = s;
	return BW_OK;
fail:
	smtp_close(&s);
	return BW_ERR_NOMEM;
}

void
smtp_close(struct smtp **s)
{
	if (*s == NULL)
		return;
	curl_easy_cleanup((*s)->curl);
	free(*s);
	*s = NULL;
	curl_global_cleanup();
}

static bool
is_ascii(const char *s)
{
	for (; *s != 0; s++)
		if (*s < ' ' || *s > '~' || *s == '=' || *s == '"' ||
		    *s == '<' || *s == '>' || *s == ',' || *s == '(' ||
		    *s == ')' || *s == '\\' || *s == '@' || *s == ';')
			return false;
	return true;
}

bw_err
smtp_words(const char *text, struct bw_buf *out)
{
	size_t len = strlen(text), n;
	bw_err r = BW_OK;

	if (!text_is_clean(text, len))
		return BW_ERR_ARG;
	if (is_ascii(text) && len < 70)
		return bw_buf_put_str(out, text);
	for (; len > 0 && r == BW_OK; text += n, len -= n) {
		n = len < WORD_BYTES ? len : WORD_BYTES;
		while (n < len && ((unsigned char)text[n] & 0xc0) == 0x80)
			n--;
		if ((r = bw_buf_put_str(out, "=?UTF-8?B?")) == BW_OK &&
		    (r = text_b64(out, text, n)) == BW_OK)
			r = bw_buf_put_str(out, len == n ? "?=" : "?=\r\n ");
	}
	return r;
}

/* One more header: a name, and text that becomes encoded words. */
static bw_err
add(struct curl_slist **list, const char *name, const char *words,
    const char *plain)
{
	struct bw_buf b = BW_BUF_INIT(HEADER_MAX);
	struct curl_slist *longer;
	const char *line;
	bw_err r;

	if ((r = bw_buf_put_str(&b, name)) != BW_OK ||
	    (r = bw_buf_put_str(&b, ": ")) != BW_OK ||
	    (words != NULL && (r = smtp_words(words, &b)) != BW_OK) ||
	    (r = bw_buf_put_str(&b, plain)) != BW_OK ||
	    (r = bw_buf_cstr(&b, &line)) != BW_OK)
		goto out;
	r = BW_ERR_NOMEM;
	if ((longer = curl_slist_append(*list, line)) == NULL)
		goto out;
	*list = longer;
	r = BW_OK;
out:
	bw_buf_free(&b);
	return r;
}

static bw_err
add_date(struct curl_slist **list, int64_t at)
{
	time_t when = (time_t)at;
	char text[64];
	struct tm tm;

	/* The program's locale is C: names of days are English. */
	if (gmtime_r(&when, &tm) == NULL || strftime(text, sizeof(text),
	    "%a, %d %b %Y %H:%M:%S +0000", &tm) == 0)
		return BW_ERR_ARG;
	return add(list, "Date", NULL, text);
}

static bw_err
add_unsubscribe(struct curl_slist **list, const char *url)
{
	char text[700];
	bw_err r;

	if (url == NULL)
		return BW_OK;
	if (snprintf(text, sizeof(text), "<%s>", url) >= (int)sizeof(text))
		return BW_ERR_BOUND;
	r = add(list, "List-Unsubscribe", NULL, text);
	return r != BW_OK ? r : add(list, "List-Unsubscribe-Post", NULL,
	    "List-Unsubscribe=One-Click");
}

static bw_err
headers(const struct smtp *s, const struct smtp_mail *m, const char *address,
    struct curl_slist **list)
{
	char from[MAIL_ADDRESS_MAX + 4], to[MAIL_ADDRESS_MAX + 4];
	char id[MAIL_ADDRESS_MAX + 200];
	bw_err r;

	snprintf(from, sizeof(from), " <%s>", s->conf->from);
	snprintf(to, sizeof(to), "<%s>", address);
	snprintf(id, sizeof(id), "<%.160s%s>", m->id,
	    strchr(s->conf->from, '@'));
	if ((r = add_date(list, m->date)) != BW_OK ||
	    (r = add(list, "From", m->name, from)) != BW_OK ||
	    (r = add(list, "To", NULL, to)) != BW_OK ||
	    (r = add(list, "Subject", m->subject, "")) != BW_OK ||
	    (r = add(list, "Message-ID", NULL, id)) != BW_OK ||
	    (r = add(list, "Auto-Submitted", NULL, "auto-generated")) != BW_OK)
		return r;
	return add_unsubscribe(list, m->unsubscribe);
}

static bool
text_part(curl_mime *mime, const char *body)
{
	curl_mimepart *part = curl_mime_addpart(mime);

	return part != NULL && curl_mime_data(part, body,
	    CURL_ZERO_TERMINATED) == CURLE_OK &&
	    curl_mime_type(part, "text/plain; charset=utf-8") == CURLE_OK &&
	    curl_mime_encoder(part, "base64") == CURLE_OK;
}

/* What an outcome means. A server that refuses us, not a recipient, is down
 * for all. One that had the whole text, and neither took nor refused it, may
 * have it: it does not get it again unless staff say so. */
static enum smtp_answer
judge(const struct smtp *s, CURLcode c, unsigned code)
{
	if (c == CURLE_OK)
		return SMTP_SENT;
	if (s->phase == DATA && c == CURLE_WEIRD_SERVER_REPLY && code < 400 &&
	    code != MAIL_ANSWER_UNREACHED)
		return SMTP_NEVER;
	if (s->phase == BEFORE || code < 400 || code == 421)
		return SMTP_DOWN;
	return code >= 500 ? SMTP_NEVER : SMTP_LATER;
}

static enum smtp_answer
perform(struct smtp *s, unsigned *code)
{
	long status = 0;
	enum smtp_answer a;
	CURLcode c;

	s->phase = BEFORE;
	c = curl_easy_perform(s->curl);
	(void)curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &status);
	if (c == CURLE_OPERATION_TIMEDOUT || c == CURLE_RECV_ERROR ||
	    c == CURLE_GOT_NOTHING || status < 200 || status > 599)
		status = c == CURLE_OK ? 250 : MAIL_ANSWER_UNREACHED;
	*code = (unsigned)status;
	a = judge(s, c, *code);
	if (a == SMTP_DOWN)
		log_warn("the mail server does not take mail: %s (%u)",
		    curl_easy_strerror(c), *code);
	return a;
}

/* curl would send an address to a server that cannot take it, so that one must
 * be asked first what it offers; it is the same connection then. */
static bool
may_utf8(struct smtp *s, enum smtp_answer *answer, unsigned *code)
{
	CURL *h = s->curl;

	*answer = SMTP_LATER;
	if (curl_easy_setopt(h, CURLOPT_MIMEPOST, NULL) != CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_MAIL_RCPT, NULL) != CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_HTTPHEADER, NULL) != CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, "NOOP") != CURLE_OK)
		return false;
	*answer = perform(s, code);
	if (curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, NULL) != CURLE_OK ||
	    *answer != SMTP_SENT || s->utf8)
		return *answer == SMTP_SENT;
	*answer = SMTP_NEVER;
	*code = MAIL_ANSWER_UTF8;
	return false;
}

bw_err
smtp_send(struct smtp *s, const struct smtp_mail *m, enum smtp_answer *answer,
    unsigned *code)
{
	struct curl_slist *list = NULL, *to = NULL;
	char address[MAIL_ADDRESS_MAX + 1];
	curl_mime *mime = NULL;
	bw_err r = BW_ERR_ARG;
	bool utf8;

	*answer = SMTP_LATER;
	*code = MAIL_ANSWER_NONE;
	if ((r = mail_address_take(m->to, address, &utf8)) != BW_OK ||
	    (r = headers(s, m, address, &list)) != BW_OK ||
	    (utf8 && !may_utf8(s, answer, code)))
		goto out;
	r = BW_ERR_NOMEM;
	if ((to = curl_slist_append(NULL, address)) == NULL ||
	    (mime = curl_mime_init(s->curl)) == NULL ||
	    !text_part(mime, m->body) ||
	    curl_easy_setopt(s->curl, CURLOPT_MAIL_FROM, s->conf->from) !=
	    CURLE_OK ||
	    curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, to) != CURLE_OK ||
	    curl_easy_setopt(s->curl, CURLOPT_HTTPHEADER, list) != CURLE_OK ||
	    curl_easy_setopt(s->curl, CURLOPT_MIMEPOST, mime) != CURLE_OK)
		goto out;
	*answer = perform(s, code);
	r = BW_OK;
out:
	curl_mime_free(mime);
	curl_slist_free_all(list);
	curl_slist_free_all(to);
	explicit_bzero(address, sizeof(address));
	return r;
}
