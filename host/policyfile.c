// SPDX-License-Identifier: Apache-2.0
/*
 * libconfuse reads the file, behind policy_scan.c; it keeps its place in
 * variables of its own, so one thread at a time does. A hook on every key tells
 * where it stood, its error hook that it gave up. Neither has room for a
 * pointer of ours, hence the one static.
 */
#include "host/policyfile.h"

#include <confuse.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "host/policy_grammar.h"

static _Thread_local struct reading *reading;

unsigned
reading_line(const struct reading *rd, cfg_t *cfg, const char *key)
{
	const cfg_opt_t *opt = cfg_getopt(cfg, key);

	for (size_t i = 0; i < rd->n; i++)
		if (rd->seen[i].opt == opt)
			return rd->seen[i].line;
	return cfg == rd->top ? 0 : (unsigned)cfg->line;
}

/* Called by libconfuse behind each value, each element of a list and each
 * section: remember where a key stood first. */
static int
on_set(cfg_t *cfg, cfg_opt_t *opt)
{
	struct reading *rd = reading;
	struct seen *more;

	for (size_t i = 0; i < rd->n; i++)
		if (rd->seen[i].opt == opt)
			return 0;
	if (rd->n == rd->cap) {
		rd->cap = rd->cap == 0 ? 64 : rd->cap * 2;
		more = reallocarray(rd->seen, rd->cap, sizeof(*more));
		if (more == NULL) {
			fault_add(rd->f, 0, "out of memory");
			return -1;
		}
		rd->seen = more;
	}
	rd->seen[rd->n++] = (struct seen){ opt, (unsigned)cfg->line };
	return 0;
}

/* What the scan did not see (policy_scan.c). The library's own words are of no
 * use to staff. */
static void
on_error(cfg_t *cfg, const char *fmt, va_list ap)
{
	(void)fmt;
	(void)ap;
	fault_add(reading->f, (size_t)cfg->line, "it cannot be read from here "
	    "on; is there a bracket, comma or quote missing or too many?");
}

/* Hang the hook on every key, at every depth. */
static void
hook(cfg_opt_t *opts)
{
	for (cfg_opt_t *o = opts; o->name != NULL; o++) {
		o->validcb = on_set;
		if (o->subopts != NULL)
			hook(o->subopts);
	}
}

static bw_err
parse(const char *text, struct grammar *g, struct reading *rd,
    policy_taker take, void *arg)
{
	bw_err r = BW_ERR_FORMAT;
	cfg_t *cfg;

	hook(g->top);
	if ((cfg = cfg_init(g->top, CFGF_NONE)) == NULL)
		return BW_ERR_NOMEM;
	cfg_set_error_function(cfg, on_error);
	rd->top = cfg;
	reading = rd;
	if (cfg_parse_buf(cfg, text) == CFG_SUCCESS)
		r = take(rd, cfg, arg);
	else if (rd->f->n == 0)
		fault_add(rd->f, (size_t)cfg->line, "it cannot be read");
	reading = NULL;
	cfg_free(cfg);
	return r;
}

bw_err
policy_parse(const char *text, size_t len, struct reading *rd,
    policy_taker take, void *arg)
{
	static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
	struct fault_list *f = rd->f;
	struct grammar g;
	char *copy;
	bw_err r;

	if (len == 0 || len > POLICYFILE_MAX) {
		fault_add(f, 0, len == 0 ? "it is empty" :
		    FAULT_PART("it is over 256 KiB"));
		return len == 0 ? BW_ERR_FORMAT : BW_ERR_BOUND;
	}
	if ((copy = malloc(len + 1)) == NULL)
		return BW_ERR_NOMEM;
	memcpy(copy, text, len);
	copy[len] = 0;
	grammar_init(&g);
	if ((r = policy_scan(copy, len, g.top, f)) == BW_OK) {
		pthread_mutex_lock(&one);
		r = parse(copy, &g, rd, take, arg);
		pthread_mutex_unlock(&one);
	}
	if (r == BW_OK && f->n != 0)
		r = BW_ERR_FORMAT;
	free(rd->seen);
	free(copy);
	return r;
}

static bw_err
take_all(struct reading *rd, cfg_t *cfg, void *arg)
{
	return policy_take(rd, cfg, arg);
}

bw_err
policyfile_read(struct policyfile **out, const char *text, size_t len,
    const char *event, struct fault_list *f)
{
	struct reading rd = { .f = f, .event = event };
	struct policyfile *p;
	bw_err r;

	*out = NULL;
	if ((p = calloc(1, sizeof(*p))) == NULL)
		return BW_ERR_NOMEM;
	if ((r = policy_parse(text, len, &rd, take_all, p)) == BW_OK)
		*out = p;
	else
		policyfile_free(&p);
	return r;
}

void
policyfile_free(struct policyfile **p)
{
	if (*p == NULL)
		return;
	for (size_t i = 0; i < (*p)->n; i++) {
		policy_free((*p)->part[i]);
		free((*p)->part[i]);
	}
	free((*p)->part);
	free((*p)->logo);
	free(*p);
	*p = NULL;
}

void
policyfile_fill(struct policyfile *p, const struct hostdir *h,
    const char *version)
{
	const struct hostdir_config *c = &h->config;

	for (size_t i = 0; i < p->n; i++) {
		struct policy *o = p->part[i];

		snprintf(o->version, sizeof(o->version), "%s", version);
		o->serial = 1;
		snprintf(o->event.uri, sizeof(o->event.uri), "%s",
		    c->event_uri);
		snprintf(o->event.name, sizeof(o->event.name), "%s",
		    c->event_name);
		snprintf(o->event.log, sizeof(o->event.log), "%s",
		    c->log_name);
		snprintf(o->event.receipts, sizeof(o->event.receipts), "%s",
		    c->base_url);
		memcpy(o->registrar_spki, crypto_key_spki(h->registrar),
		    CRYPTO_SPKI);
		memcpy(o->host_spki, crypto_key_spki(h->host), CRYPTO_SPKI);
		memcpy(o->host_seal_spki, crypto_key_spki(h->host_seal),
		    CRYPTO_SPKI);
	}
}
