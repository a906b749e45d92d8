// SPDX-License-Identifier: Apache-2.0
#include "tests/support/vectors.h"

#include <stdio.h>

#include "tests/support/unit.h"

#include "base/text.h"

static json_t *root;
static struct made {
	struct made *next;
	uint8_t bytes[];
} *made;

__attribute__((format(printf, 1, 0)))
static json_t *
find(const char *fmt, va_list ap)
{
	char path[200], *save = NULL;
	json_t *at;

	if (root == NULL)
		root = json_load_file(VECTORS, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(root);
	vsnprintf(path, sizeof(path), fmt, ap);
	at = root;
	for (char *p = strtok_r(path, "/", &save); p != NULL;
	    p = strtok_r(NULL, "/", &save)) {
		at = json_is_array(at) ?
		    json_array_get(at, strtoul(p, NULL, 10)) :
		    json_object_get(at, p);
		if (at == NULL)
			fail_msg("no vector at %s", p);
	}
	return at;
}

#define FIND(at) do {							\
	va_list ap;							\
	va_start(ap, fmt);						\
	(at) = find(fmt, ap);						\
	va_end(ap);							\
} while (0)

json_t *
vec(const char *fmt, ...)
{
	json_t *at;

	FIND(at);
	return at;
}

const char *
vec_str(const char *fmt, ...)
{
	json_t *at;

	FIND(at);
	assert_true(json_is_string(at));
	return json_string_value(at);
}

uint64_t
vec_int(const char *fmt, ...)
{
	json_t *at;

	FIND(at);
	assert_true(json_is_integer(at));
	return (uint64_t)json_integer_value(at);
}

size_t
vec_count(const char *fmt, ...)
{
	json_t *at;

	FIND(at);
	return json_is_array(at) ? json_array_size(at) :
	    json_object_size(at);
}

static struct bw_cur
unhex(const char *s)
{
	size_t len = strlen(s) / 2;
	struct made *m = malloc(sizeof(*m) + len + 1);

	assert_non_null(m);
	m->next = made;
	made = m;
	assert_ok(text_unhex(s, m->bytes, len));
	return (struct bw_cur){ m->bytes, len };
}

struct bw_cur
vec_hex(const char *fmt, ...)
{
	json_t *at;

	FIND(at);
	assert_true(json_is_string(at));
	return unhex(json_string_value(at));
}

struct crypto_key *
vec_key(const char *fmt, ...)
{
	struct crypto_key *key;
	struct bw_cur scalar;
	json_t *at;

	FIND(at);
	scalar = unhex(json_string_value(json_object_get(at,
	    "private_key")));
	assert_int_equal(scalar.len, CRYPTO_KEY);
	assert_ok(crypto_key_open(&key, scalar.ptr));
	return key;
}

const uint8_t *
vec_spki(const char *name)
{
	struct bw_cur c = vec_hex("keys/%s/spki_der", name);

	assert_int_equal(c.len, CRYPTO_SPKI);
	return c.ptr;
}

void
vec_close(void)
{
	struct made *m;

	while ((m = made) != NULL) {
		made = m->next;
		free(m);
	}
	json_decref(root);
	root = NULL;
}

int
vec_teardown(void **state)
{
	(void)state;
	vec_close();
	return 0;
}
