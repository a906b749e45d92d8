// SPDX-License-Identifier: Apache-2.0
#include "host/erase_again.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "host/deleted.h"
#include "host/erase_ids.h"
#include "host/right.h"
#include "host/store_deleted.h"
#include "host/store_handed.h"
#include "host/store_restored.h"
#include "host/store_right.h"

/* Lines of the record that the store does not know. */
struct unknown {
	struct store *s;
	int64_t now;
	size_t n, cap;
	struct deleted_member *at;
	struct ids ids;			/* registrations that have their keys */
};

static bw_err
unknown_add(struct unknown *u, const struct deleted_member *m)
{
	if (u->n == u->cap) {
		size_t cap = u->cap == 0 ? 4 : u->cap * 2;
		struct deleted_member *more = reallocarray(u->at, cap,
		    sizeof(*more));

		if (more == NULL)
			return BW_ERR_NOMEM;
		u->at = more;
		u->cap = cap;
	}
	u->at[u->n++] = *m;
	return BW_OK;
}

/* What lines say of a registration: its key, now or when the ticket is handed
 * on, and its addresses, which tell the one who had a ticket from the next. */
struct marks {
	struct handed_keys key;
	struct deleted_mails mails;
};

static bw_err
marks_of(struct store *s, const struct registration *reg, struct marks *out)
{
	bw_err r = store_deleted_mails(s, reg, &out->mails);

	return r != BW_OK ? r : handed_keys(db_deleted_key(s), reg,
	    &out->key);
}

static bool
is_about(const struct deleted_member *m, uint64_t id, const struct marks *x)
{
	return deleted_is(m, id, x->key.ticket, &x->mails) ||
	    deleted_is(m, id, x->key.handed, &x->mails);
}

/* Whether the registration with the line's number is there, is the line's, and
 * not being erased: the key may be known by the line of another holder of the ticket. */
static bw_err
is_back(struct store *s, const struct deleted_member *m, bool *yes)
{
	struct right_state st;
	struct registration reg;
	struct marks x;
	bw_err r = store_registration_get(s, m->registration, &reg);

	*yes = false;
	if (r == BW_OK && reg.status != REG_DELETED &&
	    (r = marks_of(s, &reg, &x)) == BW_OK &&
	    (r = right_look(s, reg.id, &st)) == BW_OK)
		*yes = is_about(m, reg.id, &x) && st.erase_begun == 0;
	explicit_bzero(&reg, sizeof(reg));
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

static bw_err
on_line(void *arg, const struct deleted_member *m)
{
	struct unknown *u = arg;
	bool known = true, back = false;
	bw_err r = m->back ? BW_OK :
	    store_deleted_knows(u->s, m->key_mac, &known);

	/* Who was let in again may be there, by another number. */
	if (r == BW_OK && known)
		r = is_back(u->s, m, &back);
	return r != BW_OK || (known && !back) ? r : unknown_add(u, m);
}

static bw_err
on_registration(void *arg, const struct registration *reg)
{
	struct unknown *u = arg;
	struct marks x;
	bw_err r;

	if (reg->status == REG_DELETED)
		return BW_OK;
	if ((r = marks_of(u->s, reg, &x)) != BW_OK)
		return r;
	for (size_t i = 0; i < u->n; i++)
		if (is_about(&u->at[i], reg->id, &x))
			return ids_add(&u->ids, reg->id);
	return BW_OK;
}

/* Its ticket was handed on when it was erased, and in this store is not yet: it
 * is, so that nothing bars who has that ticket since. */
static bw_err
hand_on(struct unknown *u, uint64_t id)
{
	char ticket[REG_KEY_MAX + 1];
	struct registration reg;
	struct marks x;
	bool own = false, handed = false;
	bw_err r = store_registration_get(u->s, id, &reg);

	if (r != BW_OK || (r = marks_of(u->s, &reg, &x)) != BW_OK)
		goto out;
	for (size_t i = 0; i < u->n; i++) {
		own = own || deleted_is(&u->at[i], id, x.key.ticket, &x.mails);
		handed = handed || deleted_is(&u->at[i], id, x.key.handed,
		    &x.mails);
	}
	handed_ticket(&reg, ticket);
	if (handed && !own && strcmp(ticket, reg.key) == 0)
		r = handed_on(u->s, &reg, u->now);
	explicit_bzero(ticket, sizeof(ticket));
out:
	explicit_bzero(&reg, sizeof(reg));
	return r;
}

/* Who is there is due now, whatever was planned or is held. */
static bw_err
plan_now(struct store *s, uint64_t id, int64_t now)
{
	struct right_state st;
	int64_t due;
	bw_err r;

	if ((r = right_look(s, id, &st)) == BW_OK && st.erase_due == 0 &&
	    (r = right_erase_plan(s, id, 0, NULL, 0, "host", now,
	    &due)) == BW_OK)
		r = right_look(s, id, &st);
	if (r != BW_OK)
		return r;
	st.erase_planned = RIGHT_ERASED_BEFORE;
	st.erase_due = now;
	r = store_barrier_put(s, &st, now);
	return r != BW_OK ? r : store_barrier_begin(s, id, now);
}

static bw_err
take_up(struct unknown *u)
{
	bw_err r = store_registration_each(u->s, on_registration, u);

	for (size_t i = 0; i < u->ids.n && r == BW_OK; i++)
		if ((r = hand_on(u, u->ids.id[i])) == BW_OK)
			r = plan_now(u->s, u->ids.id[i], u->now);
	for (size_t i = 0; i < u->n && r == BW_OK; i++)
		if (!u->at[i].back)
			r = store_deleted_put_all(u->s, u->at[i].key_mac,
			    &u->at[i].mails, 0);
	return r;
}

/* All erasures wait until it can be read: which line, for who mends it. */
static void
say_unreadable(bw_err r, size_t line)
{
	if (r == BW_ERR_FORMAT && line != 0)
		log_error("deleted-members: line %zu is damaged; put the "
		    "newest copy of the file back", line);
	else if (r != BW_OK && r != BW_ERR_NOTFOUND && line == 0)
		log_error("deleted-members cannot be read: it is no file of "
		    "its own, or not ours");
}

/* BW_OK too where there is no record. */
static bw_err
find(const char *dir, struct unknown *u)
{
	char path[FILE_PATH_MAX];
	size_t line;
	bw_err r = deleted_path(dir, path, sizeof(path));

	if (r != BW_OK)
		return r;
	r = deleted_each(path, NULL, on_line, u, &line);
	say_unreadable(r, line);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
erase_again(const char *dir, struct store *s, int64_t now)
{
	struct unknown u = { .s = s, .now = now };
	bool unerased = false;
	bw_err r = find(dir, &u);

	if (r != BW_OK || (r = store_unerased_is(s, &unerased)) != BW_OK ||
	    (u.n == 0 && !unerased))
		goto out;
	if ((r = store_begin(s)) != BW_OK)
		goto out;
	if ((u.n == 0 || (r = take_up(&u)) == BW_OK) &&
	    (r = db_unerased_done(s)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
out:
	free(u.at);
	free(u.ids.id);
	return r;
}

/* Those that were taken up, and not done yet. */
static bw_err
on_right(void *arg, const struct right_state *st)
{
	struct ids *l = arg;

	if (st->erase_planned != RIGHT_ERASED_BEFORE)
		return BW_OK;
	for (size_t i = 0; i < l->n; i++)
		if (l->id[i] == st->registration)
			return BW_OK;
	return ids_add(l, st->registration);
}

bw_err
erase_final(const char *dir, struct store *s, erase_final_cb cb, void *arg)
{
	struct unknown u = { .s = s };
	bw_err r = find(dir, &u);

	if (r == BW_OK && u.n != 0)
		r = store_registration_each(s, on_registration, &u);
	if (r == BW_OK)
		r = right_each(s, on_right, &u.ids);
	for (size_t i = 0; i < u.ids.n && r == BW_OK; i++)
		r = cb(arg, u.ids.id[i]);
	free(u.at);
	free(u.ids.id);
	return r;
}
