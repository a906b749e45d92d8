// SPDX-License-Identifier: Apache-2.0
#include "host/health.h"

#include <jansson.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const struct { const char *name; size_t at; } words[] = {
	{ "version", offsetof(struct health, version) },
	{ "clock", offsetof(struct health, clock) },
	{ "reader", offsetof(struct health, reader) },
	{ "trouble", offsetof(struct health, trouble) },
	{ "storage", offsetof(struct health, storage) },
};
#define NWORDS (sizeof(words) / sizeof(words[0]))

static void
take_word(const json_t *o, const char *name, char *out)
{
	const char *s = json_string_value(json_object_get(o, name));
	size_t len = s != NULL ? strlen(s) : 0;

	out[0] = 0;
	if (len == 0 || len > HEALTH_WORD_MAX || strspn(s,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	    " .+~_-") != len)
		return;
	memcpy(out, s, len + 1);
}

static uint64_t
take_number(const json_t *o, const char *name)
{
	json_int_t n = json_integer_value(json_object_get(o, name));

	return n > 0 ? (uint64_t)n : 0;
}

bw_err
health_parse(const void *json, size_t len, struct health *out)
{
	json_t *o = json_loadb(json, len, JSON_REJECT_DUPLICATES, NULL);
	bw_err r = BW_ERR_FORMAT;

	memset(out, 0, sizeof(*out));
	if (json_is_object(o)) {
		out->told = true;
		for (size_t i = 0; i < NWORDS; i++)
			take_word(o, words[i].name,
			    (char *)out + words[i].at);
		out->backlog = take_number(o, "backlog");
		out->time_left = take_number(o, "time_left");
		r = BW_OK;
	}
	json_decref(o);
	return r;
}

bool
health_same(const struct health *a, const struct health *b)
{
	for (size_t i = 0; i < NWORDS; i++)
		if (strcmp((const char *)a + words[i].at,
		    (const char *)b + words[i].at) != 0)
			return false;
	return a->told == b->told;
}

bw_err
health_words(const struct health *h, struct bw_buf *out)
{
	json_t *o = json_object();
	char *text = NULL;
	bw_err r = BW_ERR_NOMEM;

	for (size_t i = 0; o != NULL && i < NWORDS; i++)
		if (json_object_set_new(o, words[i].name, json_string(
		    (const char *)h + words[i].at)) != 0)
			goto out;
	if (o != NULL && (text = json_dumps(o, JSON_COMPACT)) != NULL)
		r = bw_buf_put_str(out, text);
out:
	free(text);
	json_decref(o);
	return r;
}
