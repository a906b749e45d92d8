// SPDX-License-Identifier: Apache-2.0
/*
 * A sponsor's logo: from a file that somebody sent in to a few pixels. Another
 * program decodes it (picture.h); a device gets pixels.
 */
#include "base/file.h"
#include "host/picture.h"
#include "host/policyfile.h"

static const char *
read_one(const char *dir, const char *name, struct policy *o)
{
	struct bw_buf file = BW_BUF_INIT(PICTURE_FILE_MAX);
	char path[FILE_PATH_MAX];
	const char *says = NULL;
	enum picture_why why;
	bw_err r;

	if ((r = file_path(path, dir, name)) == BW_OK)
		r = file_read(path, &file);
	if (r == BW_ERR_BOUND)
		says = "is over 512 KiB";
	else if (r != BW_OK)
		says = "cannot be read; it must lie beside the policy file";
	else if ((why = picture_run(&file, &o->logo)) != PICTURE_OK)
		says = picture_says(why);
	bw_buf_free(&file);
	return says;
}

bw_err
policyfile_logos(struct policyfile *p, const char *dir, struct fault_list *f)
{
	bw_err r = BW_OK;

	for (size_t i = 0; i < p->n; i++) {
		const struct policyfile_logo *l = &p->logo[i];
		const char *why = NULL;

		if (l->name[0] != '\0')
			why = read_one(dir, l->name, p->part[i]);
		if (why == NULL)
			continue;
		fault_add(f, l->line, "the logo %s %s", l->name, why);
		r = BW_ERR_FORMAT;
	}
	return r;
}
