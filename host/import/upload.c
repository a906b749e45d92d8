// SPDX-License-Identifier: Apache-2.0
#include "host/import/upload.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/import/row.h"
#include "host/import/stage.h"

/* hash NULL: plan only. */
static bw_err
run(struct import_plan **out, struct store *s, const char *dir,
    const char *name, const struct map_choice *c, int64_t now,
    const uint8_t *hash, struct fault *f)
{
	struct import_source src = { 0 };
	int fd;
	bw_err r = import_stage_open(dir, name, now, &fd);

	*out = NULL;
	if (r != BW_OK)
		return r;
	if ((r = import_source_csv(&src, fd, f)) == BW_OK)
		r = hash != NULL ?
		    import_plan_apply(out, s, &src, c, now, hash, f) :
		    import_plan_make(out, s, &src, c, now, f);
	import_source_close(&src);
	close(fd);
	return r;
}

bw_err
import_upload_plan(struct import_plan **out, struct store *s, const char *dir,
    const char *name, const struct map_choice *c, int64_t now,
    struct fault *f)
{
	return run(out, s, dir, name, c, now, NULL, f);
}

bw_err
import_upload_apply(struct import_plan **out, struct store *s,
    const char *dir, const char *name, const struct map_choice *c,
    int64_t now, const uint8_t hash[static CRYPTO_HASH], struct fault *f)
{
	return run(out, s, dir, name, c, now, hash, f);
}

static bw_err
read_columns(struct import_source *src, char (**column)[COLUMN_NAME_MAX + 1],
    size_t *n, size_t *line, struct fault *f)
{
	struct import_row head;
	bw_err r = src->head(src->self, &head, f);

	if (r != BW_OK)
		return r;
	*line = head.line;
	if ((*column = calloc(head.n, sizeof(**column))) == NULL)
		return BW_ERR_NOMEM;
	for (*n = 0; *n < head.n; (*n)++)
		map_name(head.cell[*n], (*column)[*n]);
	return BW_OK;
}

bw_err
import_upload_columns(const char *dir, const char *name, int64_t now,
    char (**column)[COLUMN_NAME_MAX + 1], size_t *n, size_t *line,
    struct fault *f)
{
	struct import_source src = { 0 };
	int fd;
	bw_err r = import_stage_open(dir, name, now, &fd);

	*column = NULL;
	*n = *line = 0;
	if (r != BW_OK)
		return r;
	if ((r = import_source_csv(&src, fd, f)) == BW_OK)
		r = read_columns(&src, column, n, line, f);
	import_source_close(&src);
	close(fd);
	return r;
}

static bw_err
read_name(const struct map *m, const struct import_row *in, int64_t now,
    struct import_named *out, struct fault *f)
{
	struct row row;
	bw_err r = row_read(m, in, now, &row, f);

	if (r == BW_OK && row.use == ROW_TAKE)
		memcpy(out->name, row.reg.values.v[FIELD_NAME],
		    sizeof(out->name));
	explicit_bzero(&row, sizeof(row));
	return r;
}

static bw_err
read_names(struct import_source *src, const struct map *m, int64_t now,
    struct import_named *out, size_t n, struct fault *f)
{
	struct import_row in;
	bw_err r = src->head(src->self, &in, f);

	for (size_t i = 0; i < n && r == BW_OK;) {
		if ((r = src->next(src->self, &in, f)) != BW_OK)
			break;
		if (in.line == out[i].line)
			r = read_name(m, &in, now, &out[i++], f);
	}
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
import_upload_names(const char *dir, const char *name, const struct map *m,
    int64_t now, struct import_named *out, size_t n, struct fault *f)
{
	struct import_source src = { 0 };
	int fd;
	bw_err r = import_stage_open(dir, name, now, &fd);

	for (size_t i = 0; i < n; i++)
		out[i].name[0] = 0;
	if (r != BW_OK)
		return r;
	if ((r = import_source_csv(&src, fd, f)) == BW_OK)
		r = read_names(&src, m, now, out, n, f);
	import_source_close(&src);
	close(fd);
	return r;
}
