// SPDX-License-Identifier: Apache-2.0
#include "host/export_answer.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "host/export_archive.h"
#include "host/export_audit.h"
#include "host/export_counts.h"
#include "host/export_disclosures.h"
#include "host/export_record.h"
#include "host/running.h"
#include "host/store_device.h"

/* One on its way, until the server has seen its end. */
struct way {
	struct host *host;
	struct running_one *one;
	uint64_t id;
};

struct making {
	struct call *c;
	struct store_export e;
	const char *type, *ending;
	struct outfile *out;
	struct progress progress;
	struct running_one *one;
	struct way *way;		/* room for it */
	bool gone;			/* who asked for it */
};

static bw_err
still_wanted(struct making *m)
{
	m->gone = m->gone || http_gone(m->c->in);
	return m->gone ? BW_ERR_GONE : BW_OK;
}

static bw_err
on_step(void *arg, uint64_t done)
{
	struct making *m = arg;

	running_step(m->one, done);
	return still_wanted(m);
}

/* most: rows, at most; 0: nobody knows. */
static bw_err
start(struct making *m, uint64_t most)
{
	struct running_export e = { .kind = m->e.kind, .format = m->e.format,
		.most = most };
	bw_err r;

	snprintf(e.actor, sizeof(e.actor), "%s", m->c->me->actor);
	snprintf(e.subject, sizeof(e.subject), "%s", m->e.subject);
	m->progress = (struct progress){ .step = on_step, .arg = m };
	if ((m->way = calloc(1, sizeof(*m->way))) == NULL)
		return BW_ERR_NOMEM;
	if ((r = running_begin(m->c->host->running, &e, &m->one)) != BW_OK ||
	    (r = outfile_temp(&m->out, m->c->host->dir->path)) != BW_OK)
		return r;
	return outfile_hash(m->out);
}

/* Before any of it is sent. */
static bw_err
record(struct making *m)
{
	bw_err r;

	if ((r = person_still_may(m->c)) != BW_OK)
		return r;
	m->e.actor = m->c->me->actor;
	m->e.at = m->c->now;
	return export_record(m->c->store, &m->e, m->c->now);
}

/* If it cannot be written down it stays on its way, which counts as little as
 * one that broke off. */
static void
way_ended(void *arg, bool whole)
{
	struct way *w = arg;
	struct store *s;
	bw_err r;

	if ((r = host_store_take(w->host, &s)) == BW_OK) {
		r = store_export_end(s, w->id, whole ? EXPORT_WHOLE :
		    EXPORT_BROKE_OFF);
		host_store_give(w->host, &s);
	}
	if (r != BW_OK)
		log_error("the end of an export is not recorded: %s",
		    bw_strerror(r));
	running_end(&w->one);
	free(w);
}

static void
hand_over(struct making *m, int fd, uint64_t len)
{
	struct http_answer *a = m->c->out;
	struct way *w = m->way;
	char name[HTTP_NAME_MAX];

	http_file(a, m->type, fd, len);
	snprintf(name, sizeof(name), "%s%s%s.%s", m->e.kind,
	    m->e.subject[0] != 0 ? "-" : "", m->e.subject, m->ending);
	http_save_as(a, name);
	a->personal = true;
	running_sends(m->one, m->e.n);
	*w = (struct way){ m->c->host, m->one, m->e.id };
	a->ended = way_ended;
	a->ended_arg = w;
	m->way = NULL;
	m->one = NULL;
}

static bw_err
finish(struct making *m, bw_err r)
{
	uint64_t len;
	int fd;

	if (r == BW_OK && (r = outfile_sha256(m->out, m->e.sha256)) == BW_OK &&
	    (r = still_wanted(m)) == BW_OK && (r = record(m)) == BW_OK &&
	    (r = outfile_take(m->out, &fd, &len)) == BW_OK)
		hand_over(m, fd, len);
	outfile_close(&m->out);
	running_end(&m->one);
	free(m->way);
	if (!m->gone)
		return r;
	/* Nobody reads it; requests are counted by it. */
	http_error(m->c->out, 408, "who asked has gone");
	return BW_OK;
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
		    "salesforce.csv" },
		[LEADS_CSV_NOTES] = { "text/csv; charset=utf-8",
		    "notes.csv" }
	};
	struct making m = { .c = c, .type = of[what->format].type,
		.ending = of[what->format].ending, .e = { .kind = "leads",
		.subject = what->sponsor,
		.format = leads_format_name(what->format) } };
	struct leads_what here = *what;
	uint64_t most;
	bw_err r;

	here.dir = c->host->dir->path;
	here.progress = &m.progress;
	if ((r = store_release_most(c->store, what->sponsor, &most)) == BW_OK &&
	    (r = start(&m, most)) == BW_OK)
		r = export_leads(c->store, &here, m.out, &m.e.n, NULL);
	return finish(&m, r);
}

bw_err
answer_counts(struct call *c)
{
	struct making m = { .c = c, .type = "text/csv; charset=utf-8",
		.ending = "csv", .e = { .kind = "counts", .subject = "",
		.format = "csv" } };
	bw_err r = start(&m, 0);

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
	bw_err r = start(&m, 0);

	if (r == BW_OK)
		r = export_audit(c->store, c->host->dir, m.out, &m.progress,
		    &m.e.n, head);
	return finish(&m, r);
}

bw_err
answer_disclosures(struct call *c, const struct disclosure_query *q)
{
	struct making m = { .c = c, .type = "text/csv; charset=utf-8",
		.ending = "csv", .e = { .kind = "disclosures", .subject = "",
		.format = "csv" } };
	bw_err r = start(&m, 0);

	if (r == BW_OK)
		r = export_disclosures(c->store, q, m.out, &m.e.n);
	return finish(&m, r);
}

static bw_err
add_size(void *arg, const struct store_device *d)
{
	*(uint64_t *)arg += d->size;
	return BW_OK;
}

bw_err
answer_logs(struct call *c)
{
	struct making m = { .c = c, .type = "application/x-tar",
		.ending = "tar", .e = { .kind = "logs", .subject = "",
		.format = "tar" } };
	uint64_t most = 0;
	bw_err r;

	if ((r = store_device_each(c->store, add_size, &most)) == BW_OK &&
	    (r = start(&m, most)) == BW_OK)
		r = export_archive(c->store, c->host->dir->path, m.out,
		    &m.progress, &m.e.n);
	return finish(&m, r);
}
