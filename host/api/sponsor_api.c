// SPDX-License-Identifier: Apache-2.0
/* A sponsor's exports, notices and team for its programs. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/api/api.h"
#include "host/case.h"
#include "host/export_answer.h"
#include "host/route.h"
#include "host/store_ack.h"

/* The last one's place is the cursor. */
struct list {
	json_t *items;
	uint64_t n, limit;
	char last[ACK_PLACE_SIZE];
};

static bool
begin(struct call *c, struct list *l)
{
	*l = (struct list){ .limit = 100 };
	if (!api_number(c, "limit", 1, API_PAGE_MAX, &l->limit))
		return false;
	l->items = json_array();
	return true;
}

static bw_err
add(struct list *l, json_t *o, bool ok)
{
	l->n++;
	if (ok && json_array_append(l->items, o) == 0) {
		json_decref(o);
		return BW_OK;
	}
	json_decref(o);
	return BW_ERR_NOMEM;
}

static void
end(struct call *c, struct list *l, bw_err r)
{
	if (r == BW_OK)
		api_page(c, l->items, l->n == l->limit ? l->last : "", true);
	else {
		json_decref(l->items);
		api_failure(c, r);
	}
}

static bw_err
on_export(void *arg, const struct store_export *e)
{
	char hex[TEXT_HEX_SIZE(CRYPTO_HASH)];
	struct list *l = arg;
	json_t *o;

	snprintf(l->last, sizeof(l->last), "%" PRIu64, e->id);
	text_hex(e->sha256, CRYPTO_HASH, hex);
	o = json_pack("{s:I, s:s, s:s, s:I, s:s?}", "id", (json_int_t)e->id,
	    "actor", e->actor, "format", e->format, "leads",
	    (json_int_t)e->n, "sha256",
	    strcmp(e->format, STORE_EXPORT_API) != 0 ? hex : NULL);
	return add(l, o, o != NULL && api_put_time(o, "time", e->at));
}

void
api_exports(struct call *c)
{
	uint64_t before = 0;
	struct list l;

	if (api_number(c, "cursor", 1, INT64_MAX, &before) && begin(c, &l))
		end(c, &l, store_export_each(c->store, c->me->sponsor,
		    before, (unsigned)l.limit, on_export, &l));
}

/* A word that is misspelt must not make it a file of everything. */
static bool
take_what(struct call *c, json_t *o, struct leads_what *what)
{
	const char *format = "", *since = NULL;
	const char *fault = NULL;

	*what = (struct leads_what){ .sponsor = c->me->sponsor,
		.now = c->now };
	if (json_unpack_ex(o, NULL, JSON_STRICT, "{s:s, s?s}", "format",
	    &format, "since", &since) != 0)
		fault = "it takes two texts, format and since, and nothing "
		    "else; since can be left out";
	else if (leads_format_parse(format, &what->format) != BW_OK)
		fault = "format is csv, csv-notes, json, xlsx, vcard or "
		    "salesforce";
	else if (since != NULL &&
	    case_when(c->store, since, false, &what->since) != BW_OK)
		fault = "since is a time like 2026-06-01T09:30:00Z";
	if (fault != NULL)
		http_error(c->out, 422, fault);
	return fault == NULL;
}

void
api_export(struct call *c)
{
	json_t *o = api_body(c);
	struct leads_what what;
	bw_err r;

	if (o != NULL && take_what(c, o, &what) &&
	    (r = answer_leads(c, &what)) != BW_OK)
		api_failure(c, r);
	json_decref(o);
}

static bw_err
on_notice(void *arg, const struct store_ack *a)
{
	char lead[TEXT_ID_MAX + 24];
	struct list *l = arg;
	json_t *o;

	ack_place_put(&a->place, l->last);
	snprintf(lead, sizeof(lead), "%s-%" PRIu64, a->device, a->seq);
	o = json_pack("{s:I, s:s, s:s, s:b}", "id", (json_int_t)a->place.id,
	    "kind", ack_kind_name(a->kind), "lead", lead, "held", a->held);
	return add(l, o, o != NULL && api_put_time(o, "time", a->place.at) &&
	    api_put_time(o, "acknowledged_at", a->acked_at));
}

/* NULL in *out: from the beginning. */
static bool
take_place(struct call *c, struct ack_place *place,
    const struct ack_place **out)
{
	char cursor[ACK_PLACE_SIZE];

	*out = NULL;
	if (!api_text(c, "cursor", cursor, sizeof(cursor)))
		return false;
	if (cursor[0] == 0)
		return true;
	*out = place;
	if (ack_place_parse(cursor, place) == BW_OK)
		return true;
	http_error(c->out, 422, "the cursor is none; begin without one");
	return false;
}

void
api_notices(struct call *c)
{
	const struct ack_place *before;
	struct ack_place place;
	char state[16];
	struct list l;
	bool open;

	if (!api_text(c, "state", state, sizeof(state)) ||
	    !take_place(c, &place, &before))
		return;
	open = state[0] == 0 || strcmp(state, "open") == 0;
	if (!open && strcmp(state, "acknowledged") != 0)
		http_error(c->out, 422, "state is open or acknowledged");
	else if (begin(c, &l))
		end(c, &l, store_ack_each(c->store, c->me->sponsor, open,
		    before, (unsigned)l.limit, on_notice, &l));
}

/* Who says that it was seen must be able to see it. */
void
api_notice_done(struct call *c)
{
	const struct person *me = c->me;
	uint64_t account = me->who.token != NULL ? me->token.account :
	    me->login.account.id;
	char part[STRICT_TARGET_MAX + 1];
	uint64_t id = 0;
	bw_err r = BW_ERR_NOTFOUND;

	if (access_ask(ACT_LEADS, &me->who, me->sponsor) != ACCESS_YES) {
		http_error(c->out, 403, "it takes a token that may read leads "
		    "too");
		return;
	}
	route_part(c, 1, part);
	if (text_number(part, strlen(part), INT64_MAX, &id) == BW_OK &&
	    (r = store_begin(c->store)) == BW_OK &&
	    (r = store_ack_done(c->store, me->sponsor, id, account, me->actor,
	    c->now)) == BW_OK)
		r = store_commit(c->store);
	store_rollback(c->store);
	if (r == BW_OK)
		http_text(c->out, 204, NULL, NULL, 0);
	else
		api_failure(c, r);
}

static bw_err
on_member(void *arg, const struct account *a)
{
	static const char *const states[] = { "invited", "active",
		"disabled" };
	json_t *o = json_pack("{s:s, s:s, s:s, s:s}", "mail", a->mail,
	    "name", a->name, "role", account_role_name(a->role), "state",
	    states[a->state]);

	return o != NULL && api_put_time(o, "last_login", a->last_login) &&
	    json_array_append(arg, o) == 0 ? (json_decref(o), BW_OK) :
	    (json_decref(o), BW_ERR_NOMEM);
}

void
api_team(struct call *c)
{
	json_t *items = json_array();
	bw_err r = account_each(c->store, c->me->sponsor, on_member, items);

	if (r == BW_OK)
		api_page(c, items, "", true);
	else {
		json_decref(items);
		api_failure(c, r);
	}
}
