// SPDX-License-Identifier: Apache-2.0
/* badgeward policy preview: the consent screen as pictures. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/outfile.h"
#include "host/preview.h"
#include "tools/cmd_policy.h"
#include "tools/cmds.h"

struct show {
	struct staff *st;
	struct previewer *previewer;
	struct preview_want want;
	const char *sponsor, *out, *all;
	bool force;
	char version[BODY_VERSION_MAX + 1];	/* of the installed policy */
	size_t pictures;
	int code;
};

static int
put_file(struct show *s, const char *path, const struct bw_buf *png)
{
	struct outfile *f = NULL;
	bw_err r;

	if ((r = outfile_open(&f, path, s->force)) == BW_OK &&
	    (r = outfile_put(f, png->ptr, png->len)) == BW_OK)
		r = outfile_commit(f);
	outfile_close(&f);
	if (r != BW_OK)
		return staff_fail_file(r, path);
	s->pictures++;
	return CMD_OK;
}

/* The first page is NAME.png, the others NAME-2.png and so on. */
static bool
page_path(char path[static FILE_PATH_MAX], const char *name, size_t page)
{
	size_t len = strlen(name);
	int n;

	if (page == 0)
		n = snprintf(path, FILE_PATH_MAX, "%s", name);
	else if (len > 4 && strcmp(name + len - 4, ".png") == 0)
		n = snprintf(path, FILE_PATH_MAX, "%.*s-%zu.png",
		    (int)len - 4, name, page + 1);
	else
		n = snprintf(path, FILE_PATH_MAX, "%s-%zu", name, page + 1);
	return n < FILE_PATH_MAX;
}

static int
put_pages(struct show *s, const char *name, const struct preview *pages)
{
	char path[FILE_PATH_MAX];
	int code = CMD_OK;

	if (strcmp(name, "-") == 0 && pages->n > 1)
		return staff_fail("there are %zu pages: give --out a file",
		    pages->n);
	for (size_t i = 0; i < pages->n && code == CMD_OK; i++) {
		if (!page_path(path, name, i))
			return staff_fail_err(BW_ERR_BOUND, name);
		code = put_file(s, path, &pages->page[i]);
	}
	return code;
}

static int
draw(struct show *s, const struct bw_buf *part, const struct preview_want *w,
    const char *name)
{
	struct preview pages = { 0 };
	bw_err r = preview_draw(s->previewer, part->ptr, part->len, w, &pages);
	int code;

	if (r == BW_ERR_NOTFOUND)
		code = staff_fail("badgeward-preview is not beside this "
		    "program");
	else if (r != BW_OK)
		code = staff_fail("there is no picture: %s", bw_strerror(r));
	else
		code = put_pages(s, name, &pages);
	preview_free(&pages);
	return code;
}

/* The question and the screen before it, in one language, into the folder. */
static int
draw_both(struct show *s, const struct bw_buf *part, const char *sponsor,
    const char *lang)
{
	static const char *const names[] = { "ask", "idle" };
	struct preview_want w = s->want;
	char name[128], path[FILE_PATH_MAX];
	int code = CMD_OK;

	snprintf(w.lang, sizeof(w.lang), "%s", lang);
	for (int i = 0; i < 2 && code == CMD_OK; i++) {
		w.idle = i == 1;
		snprintf(name, sizeof(name), "%s-%s-%s.png", sponsor, lang,
		    names[i]);
		if (file_path(path, s->all, name) != BW_OK)
			return staff_fail_err(BW_ERR_BOUND, s->all);
		code = draw(s, part, &w, path);
	}
	return code;
}

static int
check_language(const struct policy *p, const char *lang)
{
	char all[POLICY_LANGS * (BODY_LANG_MAX + 2) + 1] = "";
	size_t at = 0;

	if (lang[0] == '\0')
		return CMD_OK;
	for (size_t i = 0; i < p->nlangs; i++) {
		if (strcmp(p->lang[i], lang) == 0)
			return CMD_OK;
		at += (size_t)snprintf(all + at, sizeof(all) - at, "%s%s",
		    i != 0 ? ", " : "", p->lang[i]);
	}
	return staff_fail("the policy has no language \"%.20s\"; there are %s",
	    lang, all);
}

static int
draw_policy(struct show *s, const struct bw_buf *part, const struct policy *p)
{
	int code = check_language(p, s->want.lang);

	if (code != CMD_OK || s->all == NULL)
		return code != CMD_OK ? code :
		    draw(s, part, &s->want, s->out);
	for (size_t i = 0; i < p->nlangs && code == CMD_OK; i++)
		if (s->want.lang[0] == '\0' ||
		    strcmp(s->want.lang, p->lang[i]) == 0)
			code = draw_both(s, part, p->sponsor.id, p->lang[i]);
	return code;
}

static bool
is_asked_for(const struct show *s, const char *sponsor)
{
	return s->sponsor == NULL || strcmp(s->sponsor, sponsor) == 0;
}

/* Of a file that was read. */
static int
draw_file(struct show *s, struct policyfile *p)
{
	struct bw_buf part = BW_BUF_INIT(POLICY_MAX);
	int code = CMD_OK;
	bw_err r = BW_OK;

	policyfile_fill(p, s->st->host, "preview");
	for (size_t i = 0; i < p->n && code == CMD_OK; i++) {
		if (!is_asked_for(s, p->part[i]->sponsor.id))
			continue;
		bw_buf_reset(&part);
		r = policy_encode(p->part[i], &part);
		code = r == BW_OK ? draw_policy(s, &part, p->part[i]) :
		    staff_fail_err(r, p->part[i]->sponsor.id);
	}
	bw_buf_free(&part);
	return code;
}

static bw_err
draw_installed(void *arg, const char *id, const char *name)
{
	struct show *s = arg;
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	struct policy *p = calloc(1, sizeof(*p));
	bw_err r = p != NULL ? BW_OK : BW_ERR_NOMEM;

	(void)name;
	if (!is_asked_for(s, id))
		goto out;
	if (r == BW_OK && (r = store_policy_part(s->st->store, s->version, id,
	    &json)) == BW_OK && (r = policy_decode((const char *)json.ptr,
	    json.len, p)) == BW_OK &&
	    (s->code = draw_policy(s, &json, p)) != CMD_OK)
		r = BW_ERR_DENIED;	/* to end the walk: it was said */
	if (p != NULL)
		policy_free(p);
out:
	free(p);
	bw_buf_free(&json);
	return r;
}

static int
draw_current(struct show *s)
{
	struct store_policy cur;
	bw_err r = store_policy_current(s->st->store, &cur);

	if (r == BW_ERR_NOTFOUND)
		return staff_fail("no policy is installed yet: name a file, or "
		    "\"policy install\" it");
	if (r != BW_OK)
		return staff_fail_err(r, s->st->host->db_path);
	memcpy(s->version, cur.version, sizeof(s->version));
	r = store_sponsor_each(s->st->store, draw_installed, s);
	if (s->code != CMD_OK)
		return s->code;
	return r == BW_OK ? CMD_OK : staff_fail_err(r, "policy");
}

static int
draw_all(struct show *s, const char *path)
{
	struct bw_buf text = BW_BUF_INIT(POLICYFILE_MAX + 1);
	struct policyfile *p = NULL;
	int code;

	if (path == NULL)
		code = draw_current(s);
	else if ((code = policy_file_read(path, s->st->host, &text, &p)) ==
	    CMD_OK)
		code = draw_file(s, p);
	if (code == CMD_OK && s->pictures == 0)
		code = staff_fail("the policy has no sponsor \"%.40s\"",
		    s->sponsor);
	policyfile_free(&p);
	bw_buf_free(&text);
	return code;
}

static int
preview(struct staff *st, const char *const *arg, void *ctx)
{
	struct show *s = ctx;
	bw_err r = BW_OK;
	int code;

	s->st = st;
	if (s->all != NULL && (r = file_mkdir(s->all, 0700)) != BW_OK)
		return staff_fail_err(r, s->all);
	if ((r = preview_open(&s->previewer, NULL)) != BW_OK)
		return staff_fail_err(r, "badgeward-preview");
	code = draw_all(s, arg[0]);
	preview_close(&s->previewer);
	if (code == CMD_OK && s->all != NULL)
		printf("%zu pictures are in %s\n", s->pictures, s->all);
	return code;
}

static int
check_options(struct show *s, const char *lang, const char *size)
{
	if (!preview_size(size, &s->want))
		return staff_usage("--size is like 800x480, each side from "
		    "320 to 4096");
	if (strlen(lang) >= sizeof(s->want.lang))
		return staff_usage("--language is a tag like en or de");
	memcpy(s->want.lang, lang, strlen(lang) + 1);
	if ((s->out == NULL) == (s->all == NULL))
		return staff_usage("give --out FILE or --all DIR");
	if (s->out != NULL && s->sponsor == NULL)
		return staff_usage("--out wants --sponsor: whose screen");
	return CMD_OK;
}

int
cmd_policy_preview(const char *dir, int argc, char **argv)
{
	struct show s = { 0 };
	const char *lang = "", *size = "1024x600", *arg[OPTS_ARGS_MAX];
	const struct opt opt[] = {
		{ "sponsor", "ID", "whose screen (with --all: only this one's)",
		    false, &s.sponsor, NULL },
		{ "language", "LANG", "the screen's (the policy's first)",
		    false, &lang, NULL },
		{ "size", "WxH", "of the screen (1024x600)", false, &size,
		    NULL },
		{ "idle", NULL, "the screen that waits for somebody", false,
		    NULL, &s.want.idle },
		{ "large", NULL, "in large letters", false, NULL,
		    &s.want.large },
		{ "contrast", NULL, "in high contrast", false, NULL,
		    &s.want.contrast },
		{ "no-voice", NULL, "of a device that cannot speak", false,
		    NULL, &s.want.mute },
		{ "out", "FILE", "the picture; further pages get -2, -3",
		    false, &s.out, NULL },
		{ "all", "DIR", "every sponsor and language, both screens, "
		    "into this folder", false, &s.all, NULL },
		{ "force", NULL, "replace what is there already", false, NULL,
		    &s.force },
	};
	const struct opts o = { "policy preview", { "[FILE]", NULL },
	    "Draws the question as attendees will see it, by the kiosk's own "
	    "drawing: under\nthe policy in FILE, or without one under the "
	    "policy that is installed.", opt, sizeof(opt) / sizeof(opt[0]) };
	int code;

	if (!opts_parse(&o, argc, argv, arg, &code) ||
	    (code = check_options(&s, lang, size)) != CMD_OK)
		return code;
	return staff_run(dir, &o, argc, argv, preview, &s);
}
