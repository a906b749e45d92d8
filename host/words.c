// SPDX-License-Identifier: Apache-2.0
#include "host/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

static const struct words *const all[] = { &words_en, &words_de, &words_fr,
	&words_es, &words_ja, &words_zh, &words_ar, &words_hi };
#define NALL (sizeof(all) / sizeof(all[0]))

const struct words *
words_at(size_t i)
{
	return i < NALL ? all[i] : NULL;
}

/* The words of a language tag ("de", "de-AT"), NULL when there are none. */
static const struct words *
named(const char *tag, size_t len)
{
	for (size_t i = 0; i < NALL; i++) {
		size_t n = strlen(all[i]->lang);

		if (len >= n && strncasecmp(tag, all[i]->lang, n) == 0 &&
		    (len == n || tag[n] == '-'))
			return all[i];
	}
	return NULL;
}

/* The weight behind a tag, ";q=0.8", in thousandths. */
static int
weight(const char *s, size_t len)
{
	const char *q = memmem(s, len, "q=", 2);
	int w = 0, unit = 1000;

	if (q == NULL)
		return 1000;
	for (q += 2; q < s + len && unit > 0; q++) {
		if (*q == '.')
			continue;
		if (*q < '0' || *q > '9')
			break;
		w += (*q - '0') * unit;
		unit /= 10;
	}
	return w > 1000 ? 1000 : w;
}

/* NULL when it names none that there is. */
static const struct words *
preferred(const char *list)
{
	const struct words *best = NULL;
	int most = 0;

	while (*list != 0) {
		size_t len = strcspn(list, ","), lead = strspn(list, " ");
		size_t tag = strcspn(list + lead, ",; ");
		const struct words *w = named(list + lead, tag);
		int q = weight(list, len);

		if (w != NULL && q > most) {
			most = q;
			best = w;
		}
		list += len + (list[len] == ',');
	}
	return best;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
void
words_day(const struct words *w, int64_t t, char out[static WORDS_DAY_MAX])
{
	time_t when = (time_t)t;
	struct tm tm;

	out[0] = 0;
	if (gmtime_r(&when, &tm) != NULL)
		snprintf(out, WORDS_DAY_MAX, w->date, tm.tm_mday,
		    w->month[tm.tm_mon], tm.tm_year + 1900);
}

void
words_count(const char *text, uint64_t n, char out[static WORDS_DAY_MAX])
{
	snprintf(out, WORDS_DAY_MAX, text, (unsigned long long)n);
}
#pragma GCC diagnostic pop

const struct words *
words_named(const char *tag)
{
	return named(tag, strlen(tag));
}

const struct words *
words_chosen(const struct http_request *in)
{
	const char *lang;
	char form[8];

	if (in->post && http_form(in, "lang", form, sizeof(form)) == BW_OK)
		return named(form, strlen(form));
	if (!in->post && http_query(in, "lang", &lang))
		return named(lang, strlen(lang));
	return NULL;
}

const struct words *
words_for_share(const struct http_request *in, const char *lang)
{
	const char *accept = in->head != NULL ?
	    strict_value(in->head, "Accept-Language") : NULL;
	const struct words *w = words_chosen(in);

	if (w == NULL && accept != NULL)
		w = preferred(accept);
	if (w == NULL)
		w = named(lang, strlen(lang));
	return w != NULL ? w : all[0];
}

const struct words *
words_for(const struct http_request *in)
{
	return words_for_share(in, "");
}
