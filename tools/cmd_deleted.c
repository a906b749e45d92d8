// SPDX-License-Identifier: Apache-2.0
/* badgeward deleted key, setup, list. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "host/deleted.h"
#include "host/when.h"
#include "tools/cmds.h"
#include "tools/staff.h"

/* FILE.pub beside FILE. */
static int
pub_path(const char *path, char out[static FILE_PATH_MAX])
{
	int n = snprintf(out, FILE_PATH_MAX, "%s.pub", path);

	return n > 0 && n < FILE_PATH_MAX ? CMD_OK :
	    staff_fail("its path is too long");
}

/* Nothing is written over: a key that is lost opens nothing any more. */
static int
write_pair(const char *path, const char *pub)
{
	uint8_t scalar[CRYPTO_KEY];
	struct crypto_key *key = NULL;
	bw_err r;

	if (access(path, F_OK) == 0)
		return staff_fail("%s is there already; give another name",
		    path);
	if ((r = crypto_key_generate(&key)) != BW_OK)
		return staff_fail_err(r, path);
	crypto_key_scalar(key, scalar);
	if ((r = file_write(path, scalar, sizeof(scalar), 0600)) == BW_OK)
		r = file_write(pub, crypto_key_spki(key), CRYPTO_SPKI, 0644);
	explicit_bzero(scalar, sizeof(scalar));
	crypto_key_close(&key);
	return r == BW_OK ? CMD_OK : staff_fail_err(r, path);
}

int
cmd_deleted_key(const char *dir, int argc, char **argv)
{
	const struct opts o = { "deleted key", { "FILE", NULL },
	    "Makes the privacy officer's key for the record of deleted "
	    "members, on the officer's\nown machine: the private key in FILE, "
	    "which no host ever has, and FILE.pub for\n\"deleted setup\". "
	    "Keep a copy of FILE: without it nobody reads the record.",
	    NULL, 0 };
	const char *arg[OPTS_ARGS_MAX];
	char pub[FILE_PATH_MAX];
	int code;

	if (!opts_parse(&o, argc, argv, arg, &code))
		return code;
	if (dir != NULL)
		return staff_usage("deleted key needs no host: leave -C out");
	if ((code = pub_path(arg[0], pub)) != CMD_OK ||
	    (code = write_pair(arg[0], pub)) != CMD_OK)
		return code;
	printf("%s is private: keep it off every host. Give %s to who runs "
	    "the host.\n", arg[0], pub);
	return CMD_OK;
}

/* One after the other, as who appends to the record: the later one counts. */
static int
set_officer(struct staff *st, const uint8_t spki[static CRYPTO_SPKI])
{
	int code = staff_begin(st);
	bw_err r;

	if (code != CMD_OK)
		return code;
	if ((r = deleted_officer_set(st->host->path, spki)) != BW_OK)
		return staff_fail_err(r, st->host->path);
	return staff_commit_kept(st, DID_DELETED_SETUP, "deleted-members");
}

static int
setup(struct staff *st, const char *const *arg, void *ctx)
{
	struct bw_buf b = BW_BUF_INIT(CRYPTO_SPKI + 1);
	int code = staff_read(arg[0], &b);

	(void)ctx;
	if (code != CMD_OK)
		goto out;
	if (crypto_spki_check(b.ptr, b.len) != BW_OK) {
		code = staff_fail("%s is no public key of \"deleted key\"",
		    arg[0]);
		goto out;
	}
	if ((code = set_officer(st, b.ptr)) == CMD_OK)
		puts("Who is erased from now on is recorded for this key.");
out:
	bw_buf_free(&b);
	return code;
}

int
cmd_deleted_setup(const char *dir, int argc, char **argv)
{
	const struct opts o = { "deleted setup", { "FILE.pub", NULL },
	    "Who is erased from now on is recorded (name, e-mail address, key) "
	    "so that only the\nprivacy officer whose public key this is can "
	    "read it. Lines that are there stay as\nthey are.", NULL, 0 };

	return staff_run_keyless(dir, &o, argc, argv, setup, NULL);
}

struct list {
	bool json;
	size_t n;
};

static bw_err
on_member(void *arg, const struct deleted_member *m)
{
	struct list *l = arg;
	char when[WHEN_SIZE];

	when_format(m->at, when);
	if (!l->json)
		printf("%s\t%s\t%s\t%s%s\n", when, m->sealed ? m->key : "-",
		    m->name, m->mail, m->back ? "\treadmitted" : "");
	else {
		printf("%s{\"erased\": \"%s\", \"key\": ",
		    staff_list_sep(l->n), when);
		staff_json(m->key);
		fputs(", \"name\": ", stdout);
		staff_json(m->name);
		fputs(", \"email\": ", stdout);
		staff_json(m->mail);
		printf(", \"readmitted\": %s}", m->back ? "true" :
		    "false");
	}
	l->n++;
	return BW_OK;
}

/* The officer's key, as "deleted key" wrote it. */
static int
open_key(const char *path, struct crypto_key **out)
{
	struct bw_buf b = BW_BUF_INIT(CRYPTO_KEY + 1);
	int code = staff_read(path, &b);

	*out = NULL;
	if (code == CMD_OK && (b.len != CRYPTO_KEY ||
	    crypto_key_open(out, b.ptr) != BW_OK))
		code = staff_fail("%s is no key of \"deleted key\"", path);
	bw_buf_free(&b);
	return code;
}

static int
print_all(const char *record, const char *key_path, struct list *l)
{
	struct crypto_key *key = NULL;
	size_t line = 0;
	int code = open_key(key_path, &key);
	bw_err r;

	if (code != CMD_OK)
		return code;
	r = deleted_each(record, key, on_member, l, &line);
	crypto_key_close(&key);
	if (r == BW_ERR_KEY)
		return staff_fail("%s, line %zu: it was sealed for another "
		    "key", record, line);
	if (r == BW_ERR_FORMAT)
		return staff_fail("%s, line %zu: it is damaged", record,
		    line);
	if (r != BW_OK)
		return staff_fail_err(r, record);
	if (l->json)
		puts(l->n == 0 ? "[]" : "]");
	return CMD_OK;
}

int
cmd_deleted_list(const char *dir, int argc, char **argv)
{
	const char *key = NULL, *arg[OPTS_ARGS_MAX];
	struct list l = { 0 };
	const struct opt opt[] = {
		{ "key", "FILE", "the officer's private key", true, &key,
		    NULL },
		{ "json", NULL, "as an array of objects", false, NULL,
		    &l.json },
	};
	const struct opts o = { "deleted list", { "RECORD", NULL },
	    "Lists who was erased: when, key, name and e-mail address. RECORD "
	    "is a copy of the\nhost's file deleted-members, on the officer's "
	    "machine: the private key is never on\nthe host. This is personal "
	    "data, and serves to honour the deletion alone.", opt, 2 };
	int code;

	if (!opts_parse(&o, argc, argv, arg, &code))
		return code;
	if (dir != NULL)
		return staff_usage("deleted list takes a copy of the record, "
		    "not a host: leave -C out");
	return print_all(arg[0], key, &l);
}
