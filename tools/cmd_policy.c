// SPDX-License-Identifier: Apache-2.0
/* badgeward policy check, policy install. */
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "tools/cmd_policy.h"
#include "tools/cmds.h"

/* They lie beside the file. */
static bw_err
read_logos(struct policyfile *p, const char *path, struct fault_list *f)
{
	char copy[FILE_PATH_MAX];

	if (snprintf(copy, sizeof(copy), "%s", path) >= (int)sizeof(copy))
		return BW_ERR_BOUND;
	return policyfile_logos(p, dirname(copy), f);
}

int
policy_file_read(const char *path, const struct hostdir *h, struct bw_buf *text,
    struct policyfile **p)
{
	struct fault_list f = { 0 };
	int code;
	bw_err r;

	if ((code = staff_read(path, text)) != CMD_OK)
		return code;
	r = policyfile_read(p, (const char *)text->ptr, text->len,
	    h != NULL ? h->config.event_id : NULL, &f);
	if (r == BW_OK)
		r = read_logos(*p, path, &f);
	for (size_t i = 0; i < f.n; i++)
		code = staff_fail_fault(path, &f.one[i]);
	if (f.more != 0)
		fprintf(stderr, "badgeward: and %zu more\n", f.more);
	if (code != CMD_OK)
		return code;
	return r == BW_OK ? CMD_OK : staff_fail_err(r, path);
}

/* The wrong year is an easy mistake, and a kiosk would only say "closed". */
static void
warn_over(const struct policyfile *p, int64_t now)
{
	if (p->n != 0 && p->part[0]->valid_until <= (uint64_t)now)
		fputs("badgeward: this policy is over: its valid_until has "
		    "passed, and no kiosk will open with it\n", stderr);
}

static int
check(const char *dir, const char *path)
{
	struct bw_buf text = BW_BUF_INIT(POLICYFILE_MAX + 1);
	struct policyfile *p = NULL;
	struct staff st = { 0 };
	int code;

	if (dir != NULL && (code = staff_open(&st, dir)) != CMD_OK)
		goto out;
	if ((code = policy_file_read(path, st.host, &text, &p)) != CMD_OK)
		goto out;
	policyfile_print(p, stdout);
	warn_over(p, clock_wall());
out:
	staff_close(&st);
	policyfile_free(&p);
	bw_buf_free(&text);
	return code;
}

int
cmd_policy_check(const char *dir, int argc, char **argv)
{
	const struct opts o = { "policy check", { "FILE", NULL },
	    "Reads a policy file and says in plain sentences what it allows, "
	    "per sponsor.\nChanges nothing. With -C DIR it also looks whether "
	    "the file is for that event.", NULL, 0 };
	const char *arg[OPTS_ARGS_MAX];
	int code;

	if (!opts_parse(&o, argc, argv, arg, &code))
		return code;
	return check(dir, arg[0]);
}

/* Whether the logos are those that were installed; the names are in the text,
 * what is in the files is not. */
static bw_err
same_logos(struct staff *st, const char *version, const struct policyfile *p,
    bool *same)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	struct policy *had = calloc(1, sizeof(*had));
	bw_err r = had != NULL ? BW_OK : BW_ERR_NOMEM;

	for (size_t i = 0; i < p->n && *same && r == BW_OK; i++) {
		const struct policy *now = p->part[i];

		bw_buf_reset(&json);
		r = store_policy_part(st->store, version, now->sponsor.id,
		    &json);
		if (r == BW_OK)
			r = policy_decode((const char *)json.ptr, json.len,
			    had);
		if (r != BW_OK)
			break;
		*same = had->logo.rgba.len == now->logo.rgba.len &&
		    (had->logo.rgba.len == 0 || memcmp(had->logo.rgba.ptr,
		    now->logo.rgba.ptr, had->logo.rgba.len) == 0);
		policy_free(had);
	}
	free(had);
	bw_buf_free(&json);
	return r;
}

/* Versions count up from 1; *same when the current one is this very text. */
static bw_err
next_version(struct staff *st, const struct bw_buf *text,
    const struct policyfile *p, char out[static BODY_VERSION_MAX + 1], bool *same)
{
	struct bw_buf now = BW_BUF_INIT(POLICYFILE_MAX + 1);
	struct store_policy cur;
	uint64_t n = 0;
	bw_err r;

	*same = false;
	r = store_policy_current(st->store, &cur);
	if (r == BW_OK) {
		r = store_policy_source(st->store, cur.version, &now);
		*same = r == BW_OK && now.len == text->len &&
		    memcmp(now.ptr, text->ptr, now.len) == 0;
		if (r == BW_OK && *same)
			r = same_logos(st, cur.version, p, same);
		if (r == BW_OK)
			r = text_number(cur.version, strlen(cur.version),
			    INT64_MAX, &n);
	} else if (r == BW_ERR_NOTFOUND)
		r = BW_OK;
	if (*same)
		snprintf(out, BODY_VERSION_MAX + 1, "%s", cur.version);
	else
		snprintf(out, BODY_VERSION_MAX + 1, "%" PRIu64, n + 1);
	bw_buf_free(&now);
	return r;
}

struct lost {
	const struct policyfile *p;
};

/* A device whose sponsor is gone gets no policy any more: say so. */
static bw_err
warn_lost(void *arg, const struct store_device *d)
{
	const struct lost *l = arg;

	if (d->state == DEVICE_REVOKED)
		return BW_OK;
	for (size_t i = 0; i < l->p->n; i++)
		if (strcmp(l->p->part[i]->sponsor.id, d->sponsor) == 0)
			return BW_OK;
	fprintf(stderr, "badgeward: device %s is of sponsor %s, which is not "
	    "in this policy: it goes on with its last one until that ends; "
	    "revoke it if it must stop now\n", d->name, d->sponsor);
	return BW_OK;
}

/* The copy beside the store, for people; the store's own is what counts. */
static bw_err
keep_copy(const struct staff *st, const char *version,
    const struct bw_buf *text, char path[static FILE_PATH_MAX])
{
	char name[BODY_VERSION_MAX + 8];
	bw_err r;

	snprintf(name, sizeof(name), "%s.conf", version);
	if ((r = file_path(path, st->host->policy_path, name)) != BW_OK)
		return r;
	return file_write(path, text->ptr, text->len, 0644);
}

static int
put(struct staff *st, const struct policyfile *p, const char *version,
    const struct bw_buf *text)
{
	const struct policy *const *parts =
	    (const struct policy *const *)p->part;
	char path[FILE_PATH_MAX];
	int code;
	bw_err r;

	r = store_policy_install(st->store, version, (const char *)text->ptr,
	    text->len, parts, p->n, st->now);
	if (r != BW_OK)
		return staff_fail_err(r, "the policy was not installed");
	if ((r = keep_copy(st, version, text, path)) != BW_OK)
		return staff_fail_err(r, path);
	code = staff_commit(st, "policy.install", version);
	if (code != CMD_OK && (r = file_remove(path)) != BW_OK)
		(void)staff_fail_err(r, path);
	return code;
}

static int
install_file(struct staff *st, struct policyfile *p, const struct bw_buf *text)
{
	char version[BODY_VERSION_MAX + 1];
	struct lost lost = { p };
	bool same;
	int code;
	bw_err r;

	if ((code = staff_begin(st)) != CMD_OK)
		return code;
	if ((r = next_version(st, text, p, version, &same)) != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	if (same) {
		printf("version %s is this very file: nothing was changed\n",
		    version);
		return CMD_OK;
	}
	policyfile_fill(p, st->host, version);
	if ((code = put(st, p, version, text)) != CMD_OK)
		return code;
	printf("installed as version %s for %zu sponsor%s; devices get it "
	    "when they next ask\n", version, p->n, p->n == 1 ? "" : "s");
	warn_over(p, st->now);
	r = store_device_each(st->store, warn_lost, &lost);
	return r == BW_OK ? CMD_OK : staff_fail_err(r, "devices");
}

static int
install(struct staff *st, const char *const *arg, void *ctx)
{
	struct bw_buf text = BW_BUF_INIT(POLICYFILE_MAX + 1);
	struct policyfile *p = NULL;
	int code;

	(void)ctx;
	if ((code = policy_file_read(arg[0], st->host, &text, &p)) == CMD_OK)
		code = install_file(st, p, &text);
	policyfile_free(&p);
	bw_buf_free(&text);
	return code;
}

int
cmd_policy_install(const char *dir, int argc, char **argv)
{
	const struct opts o = { "policy install", { "FILE", NULL },
	    "Checks a policy file and makes it the current version of the "
	    "event's policy.\nDevices get it when they next ask; what was "
	    "shared before stays under the version\nthat was shown then.",
	    NULL, 0 };

	return staff_run(dir, &o, argc, argv, install, NULL);
}
