// SPDX-License-Identifier: Apache-2.0
#include "host/export_answer.h"

#include <stdio.h>

#include "host/export_archive.h"
#include "host/export_audit.h"
#include "host/export_counts.h"
#include "host/export_record.h"

struct making {
	struct call *c;
	struct store_export e;
	const char *type, *ending;
	struct outfile *out;
};

static bw_err
start(struct making *m)
{
	bw_err r = outfile_temp(&m->out, m->c->host->dir->path);

	return r == BW_OK ? outfile_hash(m->out) : r;
}

/* Before any of it is sent. */
static bw_err
record(struct making *m)
{
	m->e.actor = m->c->me->actor;
	m->e.at = m->c->now;
	return export_record(m->c->store, &m->e, m->c->now);
}

static bw_err
finish(struct making *m, bw_err r)
{
	char name[HTTP_NAME_MAX];
	uint64_t len;
	int fd;

	if (r == BW_OK && (r = outfile_sha256(m->out, m->e.sha256)) == BW_OK &&
	    (r = record(m)) == BW_OK &&
	    (r = outfile_take(m->out, &fd, &len)) == BW_OK) {
		http_file(m->c->out, m->type, fd, len);
		snprintf(name, sizeof(name), "%s%s%s.%s", m->e.kind,
		    m->e.subject[0] != 0 ? "-" : "", m->e.subject, m->ending);
		http_save_as(m->c->out, name);
		m->c->out->personal = true;
	}
	outfile_close(&m->out);
	return r;
}

bw_err
answer_leads(struct call *c, const struct leads_what *what)
{
	static const struct { const char *type, *ending; } of[] = {
		[LEADS_CSV] = { "text/csv; charset=utf-8", "csv" },
		[LEADS_JSON] = { "application/json", "json" },
		[LEADS_XLSX] = { "application/vnd.openxmlformats-"
		    "officedocument.spreadsheetml.sheet", "xlsx" },
		[LEADS_VCARD] = { "text/vcard; charset=utf-8", "vcf" },
		[LEADS_SALESFORCE] = { "text/csv; charset=utf-8",
		    "salesforce.csv" }
	};
	struct making m = { .c = c, .type = of[what->format].type,
		.ending = of[what->format].ending, .e = { .kind = "leads",
		.subject = what->sponsor,
		.format = leads_format_name(what->format) } };
	struct leads_what here = *what;
	bw_err r = start(&m);

	here.dir = c->host->dir->path;
	if (r == BW_OK)
		r = export_leads(c->store, &here, m.out, &m.e.n, NULL);
	return finish(&m, r);
}

bw_err
answer_counts(struct call *c)
{
	struct making m = { .c = c, .type = "text/csv; charset=utf-8",
		.ending = "csv", .e = { .kind = "counts", .subject = "",
		.format = "csv" } };
	bw_err r = start(&m);

	if (r == BW_OK)
		r = export_counts(c->store, NULL, m.out, &m.e.n);
	return finish(&m, r);
}

bw_err
answer_audit(struct call *c)
{
	struct making m = { .c = c, .type = "text/plain; charset=utf-8",
		.ending = "txt", .e = { .kind = "audit", .subject = "",
		.format = "audit" } };
	uint8_t head[CRYPTO_HASH];
	bw_err r = start(&m);

	if (r == BW_OK)
		r = export_audit(c->store, c->host->dir, m.out, &m.e.n, head);
	return finish(&m, r);
}

bw_err
answer_logs(struct call *c)
{
	struct making m = { .c = c, .type = "application/x-tar",
		.ending = "tar", .e = { .kind = "logs", .subject = "",
		.format = "tar" } };
	bw_err r = start(&m);

	if (r == BW_OK)
		r = export_archive(c->store, c->host->dir->path, m.out,
		    &m.e.n);
	return finish(&m, r);
}
