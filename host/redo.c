// SPDX-License-Identifier: Apache-2.0
#include "host/redo.h"

#include <string.h>

#include "base/file.h"

#define RECORD "rights-done"
#define APPEND_MAX ((size_t)64 << 20)

bw_err
redo_last(const char *dir, uint64_t *num)
{
	char path[FILE_PATH_MAX], text[LINEFILE_LINE];
	struct redo_act act;
	bw_err r;

	*num = 0;
	if ((r = file_path(path, dir, RECORD)) != BW_OK)
		return r;
	if ((r = linefile_last(path, text)) == BW_OK &&
	    (r = redo_line_take(text, &act)) == BW_OK)
		*num = act.num;
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
redo_append(const char *dir, const struct redo_act *act, size_t n,
    uint64_t least, uint64_t *num)
{
	struct bw_buf b = BW_BUF_INIT(APPEND_MAX);
	char path[FILE_PATH_MAX];
	bw_err r;

	if ((r = redo_last(dir, num)) != BW_OK)
		return r;
	*num = (*num < least ? least : *num) + 1;
	for (size_t i = 0; i < n && r == BW_OK; i++)
		r = redo_line_put(&b, *num, &act[i]);
	if (r == BW_OK && (r = file_path(path, dir, RECORD)) == BW_OK)
		r = linefile_append(path, b.ptr, b.len);
	bw_buf_free(&b);
	return r;
}

static bw_err
is_upto(void *arg, char *text, bool *keep)
{
	const uint64_t *last = arg;
	struct redo_act act;
	bw_err r = redo_line_take(text, &act);

	*keep = r == BW_OK && act.num <= *last;
	return r;
}

bw_err
redo_cut(const char *dir, uint64_t last)
{
	char path[FILE_PATH_MAX];
	bw_err r;

	if ((r = file_path(path, dir, RECORD)) == BW_OK)
		r = linefile_cut(path, is_upto, &last);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

struct each {
	redo_cb cb;
	void *arg;
};

static bw_err
on_line(void *arg, char *text)
{
	const struct each *e = arg;
	struct redo_act act;
	bw_err r = redo_line_take(text, &act);

	return r == BW_OK ? e->cb(e->arg, &act) : r;
}

bw_err
redo_each(const char *dir, redo_cb cb, void *arg, size_t *line)
{
	struct each e = { cb, arg };
	char path[FILE_PATH_MAX];
	bw_err r;

	*line = 0;
	if ((r = file_path(path, dir, RECORD)) == BW_OK)
		r = linefile_each(path, on_line, &e, line);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

struct name {
	const char *name;
	bool *has;
};

static bw_err
on_name(void *arg, const struct redo_act *act)
{
	const struct name *n = arg;

	if (act->kind == REDO_NAME && strcmp(act->name, n->name) == 0)
		*n->has = true;
	return BW_OK;
}

bw_err
redo_has_name(const char *dir, const char *name, bool *has)
{
	struct name n = { name, has };
	size_t line;

	*has = false;
	return redo_each(dir, on_name, &n, &line);
}

struct sieve {
	redo_keep_cb keep;
	void *arg;
};

static bw_err
on_keep(void *arg, char *text, bool *keep)
{
	const struct sieve *v = arg;
	struct redo_act act;
	bw_err r = redo_line_take(text, &act);

	return r == BW_OK ? v->keep(v->arg, &act, keep) : r;
}

bw_err
redo_sieve(const char *dir, redo_keep_cb keep, void *arg,
    struct linefile_rest *out)
{
	struct sieve v = { keep, arg };
	char path[FILE_PATH_MAX];
	bw_err r;

	*out = (struct linefile_rest)LINEFILE_REST_INIT;
	if ((r = file_path(path, dir, RECORD)) == BW_OK)
		r = linefile_sieve(path, on_keep, &v, out);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
redo_put_rest(const char *dir, struct linefile_rest *rest)
{
	struct redo_act none = { .kind = REDO_NONE };
	char path[FILE_PATH_MAX];
	bw_err r;

	if (rest->gone == 0)
		return BW_OK;
	/* The number alone, without what it was. */
	if (!rest->kept &&
	    ((r = redo_line_take(rest->last, &none)) != BW_OK ||
	    (r = redo_line_put(&rest->more, none.num, &(struct redo_act){
	    .at = none.at })) != BW_OK))
		return r;
	if ((r = file_path(path, dir, RECORD)) != BW_OK)
		return r;
	return linefile_put_rest(path, rest);
}
