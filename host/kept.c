// SPDX-License-Identifier: Apache-2.0
#include "host/kept.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "host/http.h"

#define LANGUAGES_MAX 16

struct kept {
	pthread_mutex_t lock;
	struct text {
		struct store_policy policy;
		struct bw_buf bytes;	/* empty: none */
	} text[LANGUAGES_MAX];
};

bw_err
kept_open(struct kept **out)
{
	struct kept *k;

	*out = NULL;
	if ((k = calloc(1, sizeof(*k))) == NULL)
		return BW_ERR_NOMEM;
	pthread_mutex_init(&k->lock, NULL);
	for (size_t i = 0; i < LANGUAGES_MAX; i++)
		k->text[i].bytes = BW_BUF_INIT(HTTP_ANSWER_MAX);
	*out = k;
	return BW_OK;
}

void
kept_close(struct kept **k)
{
	if (*k == NULL)
		return;
	for (size_t i = 0; i < LANGUAGES_MAX; i++)
		bw_buf_free(&(*k)->text[i].bytes);
	pthread_mutex_destroy(&(*k)->lock);
	free(*k);
	*k = NULL;
}

/* NULL: a language more than there is room for. */
static struct text *
of(struct kept *k, const struct words *w)
{
	for (size_t i = 0; i < LANGUAGES_MAX && words_at(i) != NULL; i++)
		if (words_at(i) == w)
			return &k->text[i];
	return NULL;
}

static bool
is_under(const struct text *t, const struct store_policy *policy)
{
	return t->bytes.len != 0 &&
	    t->policy.installed_at == policy->installed_at &&
	    strcmp(t->policy.version, policy->version) == 0;
}

bw_err
kept_get(struct kept *k, const struct words *w,
    const struct store_policy *policy, struct bw_buf *out)
{
	struct text *t = of(k, w);
	bw_err r = BW_ERR_NOTFOUND;

	if (t == NULL)
		return r;
	pthread_mutex_lock(&k->lock);
	if (is_under(t, policy))
		r = bw_buf_put(out, t->bytes.ptr, t->bytes.len);
	pthread_mutex_unlock(&k->lock);
	return r;
}

void
kept_put(struct kept *k, const struct words *w,
    const struct store_policy *policy, const uint8_t *ptr, size_t len)
{
	struct text *t = of(k, w);

	if (t == NULL)
		return;
	pthread_mutex_lock(&k->lock);
	bw_buf_free(&t->bytes);
	t->policy = *policy;
	if (bw_buf_put(&t->bytes, ptr, len) != BW_OK)
		bw_buf_free(&t->bytes);
	pthread_mutex_unlock(&k->lock);
}
