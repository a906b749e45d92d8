// SPDX-License-Identifier: Apache-2.0
/* badgeward import eventbrite, pretix, auto. */
#include <sys/mman.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/import/decode.h"
#include "host/import/plan.h"
#include "tools/cmds.h"
#include "tools/import_print.h"
#include "tools/staff.h"

struct import_opts {
	struct map_choice choice;
	bool dry, yes;
};

/* One that can be read again and cannot be changed by anybody meanwhile. */
static int
spool(const char *path, int *out)
{
	struct bw_buf b = BW_BUF_INIT(DECODE_FILE_MAX);
	size_t done = 0;
	ssize_t n = 1;
	int code;

	*out = -1;
	if ((code = staff_read(path, &b)) != CMD_OK)
		goto out;
	code = CMD_FAILED;
	if ((*out = memfd_create("import", MFD_CLOEXEC)) == -1)
		goto out;
	while (done < b.len && n > 0) {
		n = write(*out, b.ptr + done, b.len - done);
		done += n > 0 ? (size_t)n : 0;
	}
	if (done == b.len)
		code = CMD_OK;
out:
	if (code != CMD_OK && *out != -1) {
		(void)staff_fail_err(BW_ERR_IO, path);
		close(*out);
		*out = -1;
	}
	bw_buf_free(&b);
	return code;
}

static int
open_file(const char *path, int *out)
{
	struct stat st;

	*out = strcmp(path, "-") == 0 ? -1 :
	    open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (*out != -1 && fstat(*out, &st) == 0 && S_ISREG(st.st_mode))
		return CMD_OK;
	if (*out != -1)
		close(*out);
	return spool(path, out);
}

static int
failed(bw_err r, const char *path, const struct fault *f)
{
	int code;

	if (f->text[0] == 0)
		return staff_fail_err(r, path);
	code = staff_fail_fault(path, f);
	fputs("badgeward: nothing was changed\n", stderr);
	return code;
}

static int
apply(struct staff *st, const char *path, struct import_source *src,
    const struct import_opts *o, struct import_plan **plan)
{
	struct fault f = { 0 };
	uint8_t hash[CRYPTO_HASH];
	struct import_sum sum;
	int code;
	bw_err r;

	memcpy(hash, (*plan)->hash, sizeof(hash));
	import_plan_free(plan);
	if ((code = staff_begin(st)) != CMD_OK)
		return code;
	if ((r = import_plan_apply(plan, st->store, src, &o->choice, st->now,
	    hash, &f)) != BW_OK)
		return failed(r, path, &f);
	import_plan_sum(*plan, &sum);
	return staff_commit_detail(st, sum.act, sum.object, sum.detail);
}

static int
import_from(struct staff *st, const char *path, struct import_source *src,
    const struct import_opts *o)
{
	struct import_plan *plan = NULL;
	struct fault f = { 0 };
	int code = CMD_OK;
	bw_err r;

	r = import_plan_make(&plan, st->store, src, &o->choice, st->now, &f);
	if (r != BW_OK)
		return failed(r, path, &f);
	if (!o->dry && !o->yes && import_plan_alarms(plan)) {
		import_warn(plan);
		code = staff_fail("%s: nothing was changed: is it of this "
		    "event, and all of it? If so, say --yes", path);
	} else if (!o->dry)
		code = apply(st, path, src, o, &plan);
	if (code == CMD_OK && (code = import_print(plan, o->dry)) == CMD_OK)
		import_warn(plan);
	import_plan_free(&plan);
	return code;
}

static int
import(struct staff *st, const char *const *arg, void *ctx)
{
	struct import_source src = { 0 };
	struct fault f = { 0 };
	int fd, code;
	bw_err r;

	if ((code = open_file(arg[0], &fd)) != CMD_OK)
		return code;
	if ((r = import_source_csv(&src, fd, &f)) == BW_OK)
		code = import_from(st, arg[0], &src, ctx);
	else
		code = failed(r, arg[0], &f);
	import_source_close(&src);
	close(fd);
	return code;
}

/* Take every --map out of the words: it may be given more than once. */
static int
take_maps(struct map_choice *c, int argc, char **argv, int *left)
{
	struct fault f = { 0 };
	bool only_args = false;
	int to = 0;

	for (int i = 0; i < argc; i++) {
		const char *text = NULL;

		only_args = only_args || strcmp(argv[i], "--") == 0;
		if (!only_args && strncmp(argv[i], "--map=", 6) == 0)
			text = argv[i] + 6;
		else if (!only_args && strcmp(argv[i], "--map") == 0 &&
		    i + 1 < argc)
			text = argv[++i];
		if (text == NULL)
			argv[to++] = argv[i];
		else if (map_choose(c, text, &f) != BW_OK)
			return staff_usage("--map: %s", f.text);
	}
	*left = to;
	return CMD_OK;
}

static int
run(const char *dir, const char *command, const char *about,
    enum import_kind kind, int argc, char **argv)
{
	struct import_opts o = { .choice = { .kind = kind } };
	const char *map = NULL;
	const struct opt opt[] = {
		{ "dry-run", NULL, "only say what would be done", false, NULL,
		    &o.dry },
		{ "yes", NULL, "also when many would be cancelled or are not "
		    "in the file", false, NULL, &o.yes },
		{ "map", "FIELD=COLUMN", "which column is what, as often as "
		    "you like", false, &map, NULL },
	};
	const struct opts opts = { command, { "FILE", NULL }, about, opt, 3 };
	int code = take_maps(&o.choice, argc, argv, &argc);

	if (code != CMD_OK)
		return code;
	return staff_run(dir, &opts, argc, argv, import, &o);
}

#define RULES "All of it is taken or nothing;\ndoing it again changes " \
	"nothing. badgeward(1) has the rules."

int
cmd_import_eventbrite(const char *dir, int argc, char **argv)
{
	return run(dir, "import eventbrite", "Reads an attendee report of "
	    "Eventbrite (CSV). " RULES, IMPORT_EVENTBRITE, argc, argv);
}

int
cmd_import_pretix(const char *dir, int argc, char **argv)
{
	return run(dir, "import pretix", "Reads pretix's export \"Order "
	    "data\", the sheet of positions (CSV). " RULES, IMPORT_PRETIX,
	    argc, argv);
}

int
cmd_import_auto(const char *dir, int argc, char **argv)
{
	return run(dir, "import auto", "Reads what Eventbrite or pretix "
	    "wrote (CSV), by its columns. " RULES, IMPORT_AUTO, argc, argv);
}
