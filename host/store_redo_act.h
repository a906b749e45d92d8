/* SPDX-License-Identifier: Apache-2.0 */
/* store_redo_act.h - between store_redo*.c: an act, noted and done again. */
#ifndef HOST_STORE_REDO_ACT_H
#define HOST_STORE_REDO_ACT_H

#include "host/store_redo.h"
#include "host/store_right.h"

/* What is done over, and how much of it was not so before. */
struct redo_run {
	struct store *s;
	int64_t now;
	uint64_t done;
	bool imported;		/* who has the key now may be somebody else */
	bool cut;		/* one commit alone, which was cut off */
};

/* Inside a transaction. Of a share (REDO_SHARE, _HELD, _FREED); of a person, who
 * is registration number `registration` and not erased; of an account, a token
 * or a device: one that is not there, or was made at another time, is nobody. */
BW_MUST_USE bw_err redo_share(struct redo_run *u, const struct redo_act *act);
BW_MUST_USE bw_err redo_person(struct redo_run *u, const struct redo_act *act,
    uint64_t registration);
BW_MUST_USE bw_err redo_out(struct redo_run *u, const struct redo_act *act);
/* Days that were counted, or one count of them. */
BW_MUST_USE bw_err redo_count(struct redo_run *u, const struct redo_act *act);
/* A hold, or its lifting: of registration number `registration`, or of what the
 * act names. */
BW_MUST_USE bw_err redo_hold(struct redo_run *u, const struct redo_act *act,
    uint64_t registration);
/* It waits until its registration is there (db_redo_new). */
BW_MUST_USE bw_err redo_wait(struct store *s, const struct redo_act *act);

/* Whether an act's person is in the store: by number and key; of one who was
 * erased the key is gone. */
enum redo_presence { REDO_ABSENT = 0, REDO_PRESENT, REDO_ERASED };
BW_MUST_USE bw_err redo_presence(struct store *s, const struct redo_act *act,
    enum redo_presence *out);
/* What a registration's lines are known by. */
BW_MUST_USE bw_err redo_mac(struct store *s, uint64_t registration,
    uint8_t out[static DELETED_MAC]);

/* A corrected value, and what is kept of its source, sealed with the key of
 * deleted.h for the act's KEYMAC and field. BW_ERR_KEY: there is none, or the
 * box is another's. Wipe what is opened. */
struct redo_value {
	char value[FIELD_VALUE_MAX + 1];
	struct corrected_source source;
};
BW_MUST_USE bw_err redo_box_seal(struct store *s,
    const struct redo_value *in, struct redo_act *act);
BW_MUST_USE bw_err redo_box_open(struct store *s, const struct redo_act *act,
    struct redo_value *out);

/* Put an act into the queue of who writes. */
BW_MUST_USE bw_err redo_queue_add(struct store *s, const struct redo_act *act);

#endif
