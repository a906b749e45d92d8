// SPDX-License-Identifier: Apache-2.0
#include "host/my_files.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

#include "host/leads_row.h"

#define NAME_MAX_ 80

/* Visit every value that is no object, under its whole name. */
typedef bw_err (*leaf_cb)(void *arg, const char *name, const json_t *v);

static bw_err
leaves(const char *under, const json_t *o, leaf_cb cb, void *arg)
{
	const char *key;
	const json_t *v;
	char name[NAME_MAX_ * 2 + 2];
	bw_err r = BW_OK;

	for (void *it = json_object_iter((json_t *)(uintptr_t)o);
	    it != NULL && r == BW_OK;
	    it = json_object_iter_next((json_t *)(uintptr_t)o, it)) {
		key = json_object_iter_key(it);
		v = json_object_iter_value(it);
		/* These have files of their own kind. */
		if (strcmp(key, "receipt") == 0 || strcmp(key, "proof") == 0)
			continue;
		snprintf(name, sizeof(name), "%.*s%s%.*s", NAME_MAX_, under,
		    under[0] != 0 ? "." : "", NAME_MAX_, key);
		r = json_is_object(v) ? leaves(name, v, cb, arg) :
		    cb(arg, name, v);
	}
	return r;
}

struct columns {
	json_t *names;		/* an object: a set in order */
};

static bw_err
on_name(void *arg, const char *name, const json_t *v)
{
	(void)v;
	return json_object_set_new(arg, name, json_null()) == 0 ? BW_OK :
	    BW_ERR_NOMEM;
}

static bw_err
cell(struct bw_buf *out, const char *text)
{
	bw_err r = bw_buf_put_u8(out, '"');

	/* A spreadsheet would run it. */
	if (r == BW_OK && leads_is_formula(text))
		r = bw_buf_put_u8(out, '\'');
	for (; *text != 0 && r == BW_OK; text++) {
		if (*text == '"')
			r = bw_buf_put_u8(out, '"');
		if (r == BW_OK)
			r = bw_buf_put_u8(out, (uint8_t)*text);
	}
	return r == BW_OK ? bw_buf_put_u8(out, '"') : r;
}

/* A value as text: lists of texts joined, anything deeper as JSON. */
static bw_err
text_of(const json_t *v, struct bw_buf *out)
{
	const json_t *one;
	char *deep;
	size_t i;
	bw_err r = BW_OK;

	if (v == NULL || json_is_null(v))
		return BW_OK;
	if (json_is_string(v))
		return bw_buf_put_str(out, json_string_value(v));
	if (json_is_array(v) && json_is_string(json_array_get(v, 0))) {
		json_array_foreach(v, i, one)
			if (r == BW_OK && (i == 0 ||
			    (r = bw_buf_put_str(out, "; ")) == BW_OK))
				r = text_of(one, out);
		return r;
	}
	if (json_is_array(v) && json_array_size(v) == 0)
		return BW_OK;
	if ((deep = json_dumps(v, JSON_ENCODE_ANY | JSON_COMPACT)) == NULL)
		return BW_ERR_NOMEM;
	r = bw_buf_put_str(out, deep);
	free(deep);
	return r;
}

static bw_err
on_flat(void *arg, const char *name, const json_t *v)
{
	return json_object_set(arg, name, (json_t *)(uintptr_t)v) == 0 ?
	    BW_OK : BW_ERR_NOMEM;
}

/* One line: names as they are (flat NULL), or what an object has of them. */
static bw_err
line(struct bw_buf *out, json_t *names, json_t *flat)
{
	struct bw_buf text = BW_BUF_INIT(MY_FILES_MAX);
	const char *name, *s;
	json_t *ignored;
	bool first = true;
	bw_err r = BW_OK;

	json_object_foreach(names, name, ignored) {
		bw_buf_reset(&text);
		if ((!first && (r = bw_buf_put_u8(out, ',')) != BW_OK) ||
		    (r = flat == NULL ? bw_buf_put_str(&text, name) :
		    text_of(json_object_get(flat, name), &text)) != BW_OK ||
		    (r = bw_buf_cstr(&text, &s)) != BW_OK ||
		    (r = cell(out, s)) != BW_OK)
			break;
		first = false;
	}
	(void)ignored;
	bw_buf_free(&text);
	return r == BW_OK ? bw_buf_put_str(out, "\r\n") : r;
}

bw_err
my_csv(const json_t *list, struct bw_buf *out)
{
	json_t *names = json_object(), *flat, *one;
	size_t i;
	bw_err r = BW_OK;

	json_array_foreach(list, i, one)
		if (r == BW_OK)
			r = leaves("", one, on_name, names);
	if (r == BW_OK && json_object_size(names) != 0)
		r = line(out, names, NULL);
	json_array_foreach(list, i, one) {
		flat = json_object();
		if (r == BW_OK && (r = leaves("", one, on_flat,
		    flat)) == BW_OK)
			r = line(out, names, flat);
		json_decref(flat);
	}
	json_decref(names);
	return r;
}

static la_ssize_t
write_out(struct archive *a, void *arg, const void *ptr, size_t len)
{
	(void)a;
	return bw_buf_put(arg, ptr, len) == BW_OK ? (la_ssize_t)len : -1;
}

static bw_err
put_file(struct archive *a, const char *name, const void *ptr, size_t len)
{
	struct archive_entry *e = archive_entry_new();
	bw_err r = BW_ERR_NOMEM;

	if (e == NULL)
		return r;
	archive_entry_set_pathname(e, name);
	archive_entry_set_size(e, (la_int64_t)len);
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, 0600);
	r = BW_ERR_IO;
	if (archive_write_header(a, e) == ARCHIVE_OK &&
	    archive_write_data(a, ptr, len) == (la_ssize_t)len)
		r = BW_OK;
	archive_entry_free(e);
	return r;
}

static bw_err
put_csv(struct archive *a, const char *name, const json_t *list)
{
	struct bw_buf csv = BW_BUF_INIT(MY_FILES_MAX);
	char file[NAME_MAX_];
	bw_err r = my_csv(list, &csv);

	snprintf(file, sizeof(file), "%.60s.csv", name);
	if (r == BW_OK && csv.len != 0)
		r = put_file(a, file, csv.ptr, csv.len);
	bw_buf_free(&csv);
	return r;
}

static bw_err
put_lists(struct archive *a, const json_t *copy)
{
	json_t *one = json_array();
	const char *name;
	json_t *v;
	bw_err r = BW_ERR_NOMEM;

	if (json_array_append(one, json_object_get(copy, "registration")) == 0)
		r = put_csv(a, "registration", one);
	json_object_foreach((json_t *)(uintptr_t)copy, name, v)
		if (r == BW_OK && json_is_array(v))
			r = put_csv(a, name, v);
	json_decref(one);
	return r;
}

bw_err
my_zip(const json_t *copy, const struct bw_buf *page, struct bw_buf *out)
{
	struct archive *a = archive_write_new();
	char *json = json_dumps(copy, JSON_INDENT(2));
	bw_err r = BW_ERR_NOMEM;

	if (a == NULL || json == NULL)
		goto out;
	r = BW_ERR_IO;
	if (archive_write_set_format_zip(a) != ARCHIVE_OK ||
	    archive_write_set_bytes_in_last_block(a, 1) != ARCHIVE_OK ||
	    archive_write_open(a, out, NULL, write_out, NULL) != ARCHIVE_OK)
		goto out;
	if ((r = put_file(a, MY_FILES_COPY, json, strlen(json))) == BW_OK &&
	    (r = put_file(a, "index.html", page->ptr, page->len)) == BW_OK)
		r = put_lists(a, copy);
	if (archive_write_close(a) != ARCHIVE_OK && r == BW_OK)
		r = BW_ERR_IO;
out:
	if (json != NULL)
		explicit_bzero(json, strlen(json));
	free(json);
	archive_write_free(a);
	return r;
}
