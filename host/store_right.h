/* SPDX-License-Identifier: Apache-2.0 */
/* store_right.h - the rows behind right.h, for right*.c and store_*.c. */
#ifndef HOST_STORE_RIGHT_H
#define HOST_STORE_RIGHT_H

#include "host/right.h"
#include "host/store_ack.h"

/* Put the row as a whole, or take it away when it withholds nothing. erase_begun
 * is not looked at: */
BW_MUST_USE bw_err store_barrier_put(struct store *s,
    const struct right_state *in, int64_t now);
/* its planned erasure is done from now on; a row without one is not begun. */
BW_MUST_USE bw_err store_barrier_begin(struct store *s,
    uint64_t registration, int64_t now);

/* The shares of a registration that have not ended, by device and seq; free
 * the array. */
struct store_share {
	uint64_t device, seq;
};
BW_MUST_USE bw_err store_shares_of(struct store *s, uint64_t registration,
    struct store_share **out, size_t *n);
/* All shares are withdrawn, also those that come later, unless their log has a
 * policy before them that was issued from now on. So that there is one, each
 * device gets its policy anew. */
BW_MUST_USE bw_err store_withdrawn_put(struct store *s, uint64_t registration,
    int64_t at);
/* When the holder of an edition has withdrawn everything, of which a share is
 * that was made under the policy with this serial; 0: not. */
BW_MUST_USE bw_err store_withdrawn_since(struct store *s, uint64_t edition,
    uint64_t serial, int64_t *at);
/* Since when the holder of an edition, who attends but for that, is withheld for
 * a reason; 0: it is not, or would not attend. */
BW_MUST_USE bw_err store_withheld_since(struct store *s, uint64_t edition,
    int64_t *at);

/* The leads are back: whoever asks what is new is told so. */
BW_MUST_USE bw_err store_given_back(struct store *s, uint64_t registration,
    int64_t now);
/* ACK_SERVED of a registration's leads, ?1; and what else is asked of the
 * edition. */
#define ACK_PERSON(more) ACK_SERVED("lead.edition IN " \
	"(SELECT edition.id FROM edition " \
	"JOIN badge ON badge.badge_id = edition.badge_id " \
	"WHERE badge.registration = ?1 " more ")")
/* The holder is to be erased there too. */
BW_MUST_USE bw_err store_ack_erased(struct store *s, uint64_t registration,
    int64_t now);
/* The holder has objected, or is restricted; and what is still open of that
 * goes, for the leads are back that nothing else holds: whatever made the
 * registration one whose leads are released (reg_releases). */
BW_MUST_USE bw_err store_ack_withheld(struct store *s, uint64_t registration,
    int64_t now);
BW_MUST_USE bw_err store_ack_back(struct store *s, uint64_t registration,
    int64_t now);
/* The editions get the value, and sponsors that could see the other one an item
 * for each lead; *n: how many had another. */
BW_MUST_USE bw_err store_edition_correct(struct store *s,
    uint64_t registration, enum field f, const char *value, int64_t now,
    int64_t *n);
/* The registration gets it; its source said `had`. */
BW_MUST_USE bw_err store_registration_correct(struct store *s,
    const struct registration *had, enum field f, const char *value,
    int64_t now);
/* When what is released of an edition was last corrected, or its leads were
 * given back; 0: never. It is the end of that quarter hour: by the second a
 * sponsor would find which leads are one person's (store_ack.h), and what is
 * asked for since then must not lack it. */
BW_MUST_USE bw_err store_corrected_at(struct store *s, uint64_t edition,
    field_set released, int64_t *at);

/* What is kept of what the source said of a field before it was corrected; it
 * is so when is_set is not 0: an HMAC under the key for deleted.h, without which
 * the store does not tell it (BW_ERR_KEY, of what follows and of
 * store_registration_correct). */
struct corrected_source {
	uint8_t is_set, salt[16], mac[CRYPTO_HASH];
};
BW_MUST_USE bw_err db_corrected_source(struct store *s,
    uint64_t registration, enum field f, struct corrected_source *out);
/* The same again, unless it is not set. */
BW_MUST_USE bw_err db_corrected_source_put(struct store *s,
    uint64_t registration, enum field f, const struct corrected_source *in);
/* Whether it is set, and the source said this value. */
BW_MUST_USE bw_err db_corrected_source_is(const struct store *s,
    const struct corrected_source *c, const char *value, bool *yes);
/* What store_registration_put does with an import: fields of `in` that a
 * correction has set are left as `had` has them, in *out, while the source says
 * what it said then; and what it says anew takes the correction away. */
BW_MUST_USE bw_err db_corrected_keep(struct store *s,
    const struct registration *had, const struct registration *in,
    struct field_values *out);
BW_MUST_USE bw_err db_corrected_drop(struct store *s,
    const struct registration *had, const struct field_values *gets);

#endif
