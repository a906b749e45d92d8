// SPDX-License-Identifier: Apache-2.0
/* badgeward export audit, verify audit. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/auditfile.h"
#include "host/export_audit.h"
#include "tools/cmds.h"
#include "tools/export.h"

struct target {
	const char *path;
	bool force;
};

static int
failed(bw_err r, const struct target *t, uint64_t n)
{
	if (r == BW_ERR_CHAIN)
		return staff_fail("row %" PRIu64 " of the audit is not what "
		    "was written: somebody has changed the store", n);
	return staff_fail_file(r, t->path);
}

/* What staff keep: the head, and with what the file is verified. */
static int
say(const struct staff *st, uint64_t n, const uint8_t *head)
{
	char hex[TEXT_HEX_SIZE(CRYPTO_HASH)], vkey[VKEY_MAX];
	char origin[ORIGIN_MAX + 1];
	bw_err r;

	text_hex(head, CRYPTO_HASH, hex);
	if ((r = audit_origin(st->host, origin)) != BW_OK ||
	    (r = vkey_format(origin, crypto_key_spki(st->host->host),
	    vkey)) != BW_OK)
		return staff_fail_err(r, st->host->path);
	fprintf(stderr, "%" PRIu64 " row%s, head %s\nverify with --key %s\n",
	    n, n == 1 ? "" : "s", hex, vkey);
	return CMD_OK;
}

static int
export(struct staff *st, const char *const *arg, void *ctx)
{
	const struct target *t = ctx;
	uint8_t head[CRYPTO_HASH] = { 0 };
	struct store_export e = { .kind = "audit", .subject = "",
		.format = "audit" };
	struct outfile *out = NULL;
	struct export_meter meter;
	int code;
	bw_err r;

	(void)arg;
	if ((r = export_begin(&out, t->path, t->force)) == BW_OK) {
		export_meter_begin(&meter, "rows", 0, t->path);
		r = export_audit(st->store, st->host, out, &meter.progress,
		    &e.n, head);
		export_meter_end(&meter);
	}
	code = r == BW_OK ? export_finished(st, &e, out, t->path) :
	    failed(r, t, e.n);
	outfile_close(&out);
	return code == CMD_OK ? say(st, e.n, head) : code;
}

int
cmd_export_audit(const char *dir, int argc, char **argv)
{
	struct target t = { 0 };
	const struct opt opt[] = {
		{ "out", "FILE", "where; - is standard output", true,
		    &t.path, NULL },
		{ "force", NULL, "replace FILE, if it is there already",
		    false, NULL, &t.force },
	};
	const struct opts o = { "export audit", { NULL },
	    "Writes who did what at this host, for \"verify audit\": rows "
	    "that are chained by their\nhashes, and a checkpoint over them "
	    "that the host signs. Keep the head that it says:\nwhoever has it "
	    "can show later that nothing before it was removed.", opt, 2 };

	return staff_run(dir, &o, argc, argv, export, &t);
}

struct check {
	const char *key, *head;
	char origin[ORIGIN_MAX + 1];
	uint8_t spki[CRYPTO_SPKI], hash[CRYPTO_HASH];
	struct auditfile_want want;
};

static bool
take(struct check *c)
{
	if (c->key != NULL && vkey_parse(c->key, c->origin, c->spki) !=
	    BW_OK) {
		(void)staff_usage("--key is no verifier key; \"export audit\" "
		    "says it");
		return false;
	}
	if (c->head != NULL && (strlen(c->head) != (size_t)CRYPTO_HASH * 2 ||
	    text_unhex(c->head, c->hash, CRYPTO_HASH) != BW_OK)) {
		(void)staff_usage("--head is 64 hexadecimal digits in lower "
		    "case, as \"export audit\" said it");
		return false;
	}
	if (c->key != NULL) {
		c->want.origin = c->origin;
		c->want.spki = c->spki;
	}
	if (c->head != NULL)
		c->want.head = c->hash;
	return true;
}

static void
summary(const struct check *c, const struct auditfile_report *rep)
{
	char hex[TEXT_HEX_SIZE(CRYPTO_HASH)];

	text_hex(rep->head, CRYPTO_HASH, hex);
	printf("ok: %s, %" PRIu64 " row%s, head %s\n", rep->origin, rep->rows,
	    rep->rows == 1 ? "" : "s", hex);
	if (rep->seen != 0)
		printf("the head that was given is that of row %" PRIu64 "\n",
		    rep->seen);
	if (!rep->is_signed)
		puts("the checkpoint's signature was not looked at: give "
		    "--key");
	if (c->head == NULL)
		puts("rows that were removed before this export show only "
		    "with the --head of an earlier one");
}

int
cmd_verify_audit(const char *dir, int argc, char **argv)
{
	struct check c = { 0 };
	const char *arg[OPTS_ARGS_MAX];
	const struct opt opt[] = {
		{ "key", "VKEY", "the key that \"export audit\" said", false,
		    &c.key, NULL },
		{ "head", "HASH", "a head that an earlier export said", false,
		    &c.head, NULL },
	};
	const struct opts o = { "verify audit", { "FILE", NULL },
	    "Verifies an exported audit: every row, the chain, and the "
	    "checkpoint over all. Says\nthe first wrong row, or how many "
	    "there are and the head. FILE may be -.", opt, 2 };
	struct auditfile_report rep;
	struct fault f = { 0 };
	bool in;
	FILE *file;
	int code;
	bw_err r;

	(void)dir;
	if (!opts_parse(&o, argc, argv, arg, &code))
		return code;
	if (!take(&c))
		return CMD_USAGE;
	in = strcmp(arg[0], "-") == 0;
	if ((file = in ? stdin : fopen(arg[0], "re")) == NULL)
		return staff_fail("%s: %s", arg[0], strerror(errno));
	r = auditfile_verify(file, &c.want, &rep, &f);
	if (!in)
		fclose(file);
	if (f.text[0] != 0)
		return staff_fail_fault(arg[0], &f);
	if (r != BW_OK)
		return staff_fail_err(r, arg[0]);
	summary(&c, &rep);
	return CMD_OK;
}
