// SPDX-License-Identifier: Apache-2.0
/*
 * badgeward verify log, verify receipt: for outsiders, who have a file and the
 * log's verifier key, and no store.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "host/logfile.h"
#include "host/tlogproof.h"
#include "host/when.h"
#include "record/receipt.h"
#include "tools/cmds.h"
#include "tools/opts.h"
#include "tools/staff.h"

struct vkey {
	char origin[ORIGIN_MAX + 1];
	uint8_t spki[CRYPTO_SPKI];
};

static bool
take_key(const char *s, struct vkey *k)
{
	if (vkey_parse(s, k->origin, k->spki) == BW_OK)
		return true;
	(void)staff_usage("--key is not a log's verifier key; \"device list\" "
	    "shows it, or ask the event");
	return false;
}

/* A share that is looked for while a log is walked. */
struct quarry {
	bool by_index;			/* else by rh */
	bool any_rh;			/* a tlog-proof knows none */
	uint64_t index;
	uint8_t leaf[CRYPTO_HASH];
	uint8_t rh[RECEIPT_RH];
	bool found, undone, has_body, wrong_rh;
	struct entry entry;
	struct body_share share;
};

/* How far a long file is, on a terminal. */
struct meter {
	uint64_t total;
	int64_t next_ms;
	bool on, shown;
	struct quarry *quarry;
};

static void
on_progress(void *arg, uint64_t bytes)
{
	struct meter *m = arg;
	int64_t now = clock_mono_ms();

	if (!m->on || now < m->next_ms)
		return;
	m->next_ms = now + 500;
	m->shown = true;
	if (m->total != 0)
		fprintf(stderr, "\r%3u %% verified",
		    (unsigned)(bytes * 100 / m->total));
	else
		fprintf(stderr, "\r%" PRIu64 " MiB verified", bytes >> 20);
}

static void
end_progress(const struct meter *m)
{
	if (m->shown)
		fputs("\r                              \r", stderr);
}

static void
seek(struct quarry *q, const struct entry *e, const uint8_t *leaf,
    const struct body *b)
{
	bool share = e->kind == ENTRY_SHARE;
	bool same_rh = share && b != NULL &&
	    crypto_equal(b->u.share.rh, q->rh, RECEIPT_RH);

	if (e->kind == ENTRY_UNDO && b != NULL && q->found &&
	    b->u.undo.share_seq == q->entry.seq)
		q->undone = true;
	if (q->found || !share)
		return;
	if (q->by_index ? e->seq != q->index ||
	    memcmp(leaf, q->leaf, CRYPTO_HASH) != 0 : !same_rh)
		return;
	q->found = true;
	q->entry = *e;
	q->wrong_rh = b != NULL && !same_rh && !q->any_rh;
	if (b != NULL) {
		q->has_body = true;
		q->share = b->u.share;
	}
}

static bw_err
on_entry(void *arg, const struct entry *e,
    const uint8_t leaf[static CRYPTO_HASH], const struct body *body)
{
	struct meter *m = arg;

	if (m->quarry != NULL)
		seek(m->quarry, e, leaf, body);
	return BW_OK;
}

/* Verify a file; says what is wrong with it. */
static int
walk(const char *path, const struct vkey *k, struct quarry *q,
    struct logfile_report *rep)
{
	struct meter m = { .on = isatty(STDERR_FILENO) == 1, .quarry = q };
	const struct logfile_watch watch = { on_entry, on_progress, &m };
	bool in = strcmp(path, "-") == 0;
	struct fault f = { 0 };
	struct stat st;
	int fd;
	bw_err r;

	fd = in ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1)
		return staff_fail("%s: %s", path, strerror(errno));
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		m.total = (uint64_t)st.st_size;
	r = logfile_verify(fd, k->origin, k->spki, &watch, rep, &f);
	end_progress(&m);
	if (!in)
		close(fd);
	if (f.text[0] != 0)
		return staff_fail_fault(path, &f);
	return r == BW_OK ? CMD_OK : staff_fail_err(r, path);
}

static void
print_summary(const struct logfile_report *rep)
{
	char first[WHEN_SIZE], last[WHEN_SIZE];
	const char *between = "";

	when_format((int64_t)rep->first, first);
	when_format((int64_t)rep->last, last);
	printf("ok: %s, %" PRIu64 " entries from %s to %s\n",
	    rep->checkpoint.origin, rep->entries, first, last);
	for (int k = 0; k < ENTRY_KINDS; k++)
		if (rep->kinds[k] != 0) {
			printf("%s%s %" PRIu64, between,
			    entry_kind_name((enum entry_kind)k),
			    rep->kinds[k]);
			between = ", ";
		}
	printf("; %" PRIu64 " bod%s deleted\n", rep->deleted,
	    rep->deleted == 1 ? "y" : "ies");
}

int
cmd_verify_log(const char *dir, int argc, char **argv)
{
	const char *key = NULL, *arg[OPTS_ARGS_MAX];
	const struct opt opt[] = {
		{ "key", "VKEY", "the log's verifier key", true, &key, NULL },
	};
	const struct opts o = { "verify log", { "FILE", NULL },
	    "Verifies an exported log: every entry, the chain, the "
	    "commitments of the bodies\nthat are there, and the checkpoint "
	    "that the device signed over all. FILE may be -.", opt, 1 };
	struct logfile_report rep;
	struct vkey k;
	int code;

	(void)dir;
	if (!opts_parse(&o, argc, argv, arg, &code))
		return code;
	if (!take_key(key, &k))
		return CMD_USAGE;
	if ((code = walk(arg[0], &k, NULL, &rep)) == CMD_OK)
		print_summary(&rep);
	return code;
}

static void
print_found(const struct quarry *q)
{
	const char *between = "";
	char when[WHEN_SIZE];

	when_format((int64_t)q->entry.time, when);
	printf("in the log: entry %" PRIu64 " at %s", q->entry.seq, when);
	if (q->has_body) {
		printf(", shared with %s: ", q->share.sponsor);
		for (int f = 1; f <= FIELD_COUNT; f++)
			if ((q->share.granted & FIELD_BIT(f)) != 0) {
				printf("%s%s", between,
				    field_name((enum field)f));
				between = ", ";
			}
	} else
		fputs("; what was shared has been deleted", stdout);
	puts(q->undone ? "; undone afterwards" : "");
}

/* Find it in a log that verifies; says why it is not there. */
static int
search(const char *path, const struct vkey *k, struct quarry *q)
{
	struct logfile_report rep = { 0 };
	int code;

	if ((code = walk(path, k, q, &rep)) != CMD_OK)
		return code;
	if (!q->found && q->by_index && q->index >= rep.entries)
		return staff_fail("%s ends before entry %" PRIu64 ", which "
		    "was promised: take a newer export", path, q->index);
	if (!q->found && q->by_index)
		return staff_fail("the entry that was promised is not in %s: "
		    "entry %" PRIu64 " is another one", path, q->index);
	if (!q->found)
		return staff_fail("no share in %s has this code; if it is "
		    "older than the export, its body may have been deleted",
		    path);
	if (q->wrong_rh)
		return staff_fail("entry %" PRIu64 " is a share with another "
		    "receipt", q->entry.seq);
	return CMD_OK;
}

/* A promise tells which entry is looked for. */
static int
take_promise(const struct bw_buf *b, const struct vkey *k, struct quarry *q)
{
	struct promise p = { 0 };
	int code = CMD_OK;

	if (promise_decode(b->ptr, b->len, &p) != BW_OK ||
	    promise_verify(&p, k->origin, k->spki) != BW_OK)
		code = staff_fail("the promise is not signed by this key");
	q->by_index = true;
	q->index = p.index;
	memcpy(q->leaf, p.leaf, CRYPTO_HASH);
	explicit_bzero(&p, sizeof(p));
	return code;
}

/* The promise's signature does not cover the code: only the share's body,
 * which has the code's hash, says that the code is its. */
static int
print_code(const struct vkey *k, const struct quarry *q)
{
	if (q->by_index)
		printf("%s: %s promised entry %" PRIu64 "\n", q->has_body ?
		    "ok" : "promise only", k->origin, q->index);
	if (q->found)
		print_found(q);
	if (q->has_body)
		return CMD_OK;
	puts(q->found ? "whether this code is its share's nobody can say any "
	    "more: the log had that in what is deleted" :
	    "whether this code is its share's only the log can say: "
	    "--log FILE");
	return CMD_PARTLY;
}

/* The other file that an attendee can take from the receipt's page. */
static bool
is_jsonld(const struct bw_buf *b)
{
	static const char type[] = "dpv:ConsentReceipt";

	return b->len != 0 && b->ptr[0] == '{' &&
	    memmem(b->ptr, b->len, type, sizeof(type) - 1) != NULL;
}

/* A code, as text or in an address. */
static int
verify_code(const struct bw_buf *text, const struct vkey *k, const char *log)
{
	struct bw_buf promise = BW_BUF_INIT(512);
	struct quarry q = { 0 };
	uint8_t rc[RECEIPT_RC];
	int code = CMD_OK;

	if (receipt_parse((const char *)text->ptr, text->len, rc,
	    &promise) != BW_OK || receipt_hash(rc, q.rh) != BW_OK)
		code = staff_fail("this is neither a receipt's code, nor its "
		    "address, nor a tlog-proof");
	else if (promise.len != 0)
		code = take_promise(&promise, k, &q);
	else if (log == NULL)
		code = staff_usage("a short code holds no promise: give --log "
		    "with an export, to find its share there");
	if (code == CMD_OK && log != NULL)
		code = search(log, k, &q);
	if (code == CMD_OK)
		code = print_code(k, &q);
	explicit_bzero(rc, sizeof(rc));
	bw_buf_free(&promise);
	return code;
}

/* When the host saw the log so, by its signature; NULL: nobody asks. */
static int
check_host(const struct bw_buf *text, const char *origin, const char *key)
{
	char when[WHEN_SIZE];
	struct bw_cur note;
	struct vkey host;
	uint64_t time;
	size_t log;

	if (key == NULL)
		return CMD_OK;
	if (vkey_parse(key, host.origin, host.spki) != BW_OK ||
	    (log = strlen(host.origin)) < 6 ||
	    strcmp(host.origin + log - 5, "/host") != 0)
		return staff_usage("--host-key is not a host's verifier key; "
		    "the page /verify shows it, or ask the event");
	host.origin[log - 5] = 0;
	tlogproof_note((const char *)text->ptr, text->len, &note);
	if (strncmp(origin, host.origin, log - 5) != 0 ||
	    origin[log - 5] != '/' || cosign_verify((const char *)note.ptr,
	    note.len, host.origin, host.spki, &time) != BW_OK)
		return staff_fail("the proof: the host with this key has not "
		    "signed it");
	when_format((int64_t)time, when);
	printf("seen by the host at %s\n", when);
	return CMD_OK;
}

static int
verify_proof(const struct bw_buf *text, const struct vkey *k, const char *log,
    const char *host_key)
{
	struct quarry q = { .by_index = true, .any_rh = true };
	struct fault f = { 0 };
	uint8_t raw[ENTRY_MAX];
	struct checkpoint c;
	size_t len;
	int code;
	bw_err r;

	r = tlogproof_verify((const char *)text->ptr, text->len, k->origin,
	    k->spki, &q.entry, &c, &f);
	if (r != BW_OK)
		return f.text[0] != 0 ? staff_fail_fault("the proof", &f) :
		    staff_fail_err(r, "the proof");
	printf("ok: entry %" PRIu64 " (%s) is in %s, of %" PRIu64
	    " entries\n", q.entry.seq, entry_kind_name(q.entry.kind),
	    c.origin, c.size);
	if ((code = check_host(text, c.origin, host_key)) != CMD_OK ||
	    log == NULL)
		return code;
	q.index = q.entry.seq;
	if ((r = entry_encode(&q.entry, raw, &len)) != BW_OK ||
	    (r = tree_leaf_hash(raw, len, q.leaf)) != BW_OK)
		return staff_fail_err(r, "the proof");
	if ((code = search(log, k, &q)) == CMD_OK)
		print_found(&q);
	return code;
}

/* The argument itself, or the file that it names; "-" is standard input. */
static int
read_receipt(const char *arg, struct bw_buf *b)
{
	struct stat st;

	if (strcmp(arg, "-") == 0 || stat(arg, &st) == 0)
		return staff_read(arg, b);
	return bw_buf_put_str(b, arg) == BW_OK ? CMD_OK :
	    staff_fail("the code is too long");
}

int
cmd_verify_receipt(const char *dir, int argc, char **argv)
{
	const char *key = NULL, *log = NULL, *host = NULL;
	const char *arg[OPTS_ARGS_MAX];
	const struct opt opt[] = {
		{ "key", "VKEY", "the log's verifier key", true, &key, NULL },
		{ "host-key", "VKEY", "the host's, to check that it has seen "
		    "the log of a proof", false, &host, NULL },
		{ "log", "FILE", "an export of the log, to find the share in",
		    false, &log, NULL },
	};
	const struct opts o = { "verify receipt", { "RECEIPT", NULL },
	    "Verifies what an attendee was given: the code or address of a "
	    "receipt, or a file\nwith one or with a tlog-proof; - reads it "
	    "from standard input, where no other user\nof this machine sees "
	    "it. A long code without --log proves the promise alone, not that "
	    "the\ncode is its share's: then the exit status is 3.", opt, 3 };
	struct bw_buf text = BW_BUF_INIT(TLOGPROOF_MAX);
	const size_t head = sizeof(TLOGPROOF_HEAD) - 1;
	struct vkey k;
	int code;

	(void)dir;
	if (!opts_parse(&o, argc, argv, arg, &code))
		return code;
	if (!take_key(key, &k))
		return CMD_USAGE;
	if ((code = read_receipt(arg[0], &text)) == CMD_OK) {
		if (text.len >= head &&
		    memcmp(text.ptr, TLOGPROOF_HEAD, head) == 0)
			code = verify_proof(&text, &k, log, host);
		else if (is_jsonld(&text))
			code = staff_fail("this is the JSON-LD receipt, which "
			    "is not signed; verify the proof");
		else
			code = verify_code(&text, &k, log);
	}
	bw_buf_free(&text);
	return code;
}
