// SPDX-License-Identifier: Apache-2.0
#include "host/case_erase.h"

#include "host/case_letter.h"

bw_err
case_erase(struct store *s, uint64_t registration, uint64_t num,
    unsigned undo_hours, const char *actor, int64_t now, int64_t *due)
{
	bw_err r;

	if ((r = right_erase_plan(s, registration, num, NULL, undo_hours,
	    actor, now, due)) != BW_OK ||
	    (r = case_step(s, num, DID_CASE_ACT, "erase", actor, now)) != BW_OK)
		return r;
	return case_erase_tell(s, registration, now);
}

static bw_err
newest(void *arg, const struct case_file *f)
{
	uint64_t *num = arg;

	if (*num == 0 && f->type == CASE_ERASURE && case_is_open(f->state))
		*num = f->num;
	return BW_OK;
}

bw_err
case_erase_asked(struct store *s, const struct right_state *st, uint64_t *num)
{
	*num = st->erase_case;
	return *num != 0 ? BW_OK : case_each_of(s, st->registration, newest,
	    num);
}

bw_err
case_erase_tell(struct store *s, uint64_t registration, int64_t now)
{
	struct right_state st;
	int64_t held;
	uint64_t num;
	bw_err r;

	if ((r = right_look(s, registration, &st)) != BW_OK ||
	    (r = right_held(s, &st, now, &held)) != BW_OK ||
	    (r = case_erase_asked(s, &st, &num)) != BW_OK)
		return r;
	return num == 0 || st.erase_due == 0 ? BW_OK : case_mail_day(s, num,
	    held != 0 ? LETTER_ERASE_HELD : LETTER_ERASE_PLANNED,
	    st.erase_due, now);
}

bw_err
case_erase_undo(struct store *s, uint64_t registration, uint64_t num,
    const char *actor, int64_t now, bool *told)
{
	struct right_state st;
	bw_err r;

	*told = false;
	if ((r = right_look(s, registration, &st)) != BW_OK ||
	    (r = right_erase_undo(s, registration, actor, now)) != BW_OK)
		return r;
	if (num == 0 && (num = st.erase_case) == 0)
		return BW_OK;
	*told = true;
	r = case_step(s, num, DID_CASE_ACT, "erase-undo", actor, now);
	return r != BW_OK && r != BW_ERR_GONE ? r : case_mail(s, num,
	    LETTER_ERASE_UNDONE, now);
}

bw_err
case_erase_waits(struct store *s, const struct case_file *c, bool *waits)
{
	struct right_state st;
	bw_err r;

	*waits = false;
	if (c->registration == 0)
		return BW_OK;
	if ((r = right_look(s, c->registration, &st)) == BW_OK)
		*waits = st.erase_due != 0 && (c->type == CASE_ERASURE ||
		    st.erase_case == c->num);
	return r;
}
