/* SPDX-License-Identifier: Apache-2.0 */
/* journal_db.h - what journal*.c share; for them alone. */
#ifndef KIOSK_JOURNAL_DB_H
#define KIOSK_JOURNAL_DB_H

#include <sqlite3.h>

#include "base/file.h"
#include "kiosk/journal.h"
#include "kiosk/marks.h"
#include "kiosk/owed.h"
#include "record/chain.h"

enum journal_sql {
	SQL_BEGIN,
	SQL_COMMIT,
	SQL_ROLLBACK,
	SQL_INSERT,
	SQL_STATE,
	SQL_GET,
	SQL_RANGE,
	SQL_COSIGNED,
	SQL_PRUNE,
	SQL_PRUNE_BODY,
	SQL_TALLY,
	SQL_TALLIED,
	SQL_SHARED,
	SQL_KEEP,
	SQL_FORGET,
	SQL_ANSWER,
	SQL_ANSWERS,
	SQL_ANSWERED,
	SQL_NOTE,
	SQL_EARLIEST
};
#define JOURNAL_SQL 20

/* How many badges are known again, beside those of the state row; of more the
 * earliest are forgotten. */
#define JOURNAL_MARKS 8192

/* How many entries of one quarter hour the host let go: those of the last one
 * stand in the state row, and in the table when another begins. */
struct journal_run {
	uint64_t quarter;
	int64_t n[JOURNAL_TALLY];
};

#define JOURNAL_NONE UINT64_MAX

struct journal {
	sqlite3 *db;
	sqlite3_stmt *sql[JOURNAL_SQL];
	char path[FILE_PATH_MAX];
	const struct crypto_key *key;	/* lent */
	int wal_pages;			/* in the WAL after the last commit */
	bool deleted;			/* bodies that may still be in it */
	int64_t rest_at;		/* when these go; 0: not known yet */

	/* the state row */
	char origin[ORIGIN_MAX + 1];
	uint8_t host_spki[CRYPTO_SPKI];
	struct chain chain;
	uint64_t cosigned, serial;
	uint8_t policy_sha256[CRYPTO_HASH];
	struct body_open opening;
	uint8_t salt[REPEAT_SALT];
	struct marks marks;
	struct journal_run run;

	uint64_t cosigned_time;		/* not stored */
	uint64_t waiting;		/* the first quarter of answers, */
					/* JOURNAL_NONE without any */

	/* after an append that failed */
	bool broken;

	/* the undo that is owed (journal_owed.c) */
	int owed_fd;			/* -1: no file for it */
	bool owes_undo;
	struct owed owed;		/* the share */
	struct owed share;		/* the last one stored */
	bool unconfirmed;		/* it is behind what the file names */
	struct owed noted;		/* what the file says, */
	bool is_noted;			/* if that is known */
};

/* The error of a result code of SQLite; SQLITE_OK, ROW and DONE are BW_OK. */
bw_err journal_db_err(int rc);

/* Open the file and prepare the statements; with the schema when make. */
BW_MUST_USE bw_err journal_db_open(struct journal *j, bool make);
void journal_db_close(struct journal *j);
/* Until this call closing changes no byte of an existing file or its WAL: they
 * may be damaged, and are to be kept as they are then. */
BW_MUST_USE bw_err journal_db_trust(struct journal *j);

/* Read the state row and check it against at most so many entries from the
 * end. */
BW_MUST_USE bw_err journal_db_load(struct journal *j, uint64_t most);

/* Run a statement that gives no row, then reset it. */
BW_MUST_USE bw_err journal_db_run(struct journal *j, enum journal_sql which);

/* Count the entries from the cosigned ones on up to `size`, which are about to
 * be deleted, on from *run; inside the transaction. */
BW_MUST_USE bw_err journal_db_tally(struct journal *j, uint64_t size,
    struct journal_run *run);

/* Build and insert the entry behind *c, which takes it in, without a note;
 * inside a transaction. */
BW_MUST_USE bw_err journal_db_put_entry(struct journal *j, struct body *body,
    uint64_t now, struct chain *c);
/* The checkpoint over a chain. */
BW_MUST_USE bw_err journal_db_sign(const struct journal *j,
    const struct chain *chain, struct bw_buf *note);
/* Undo the transaction, if one is open. */
void journal_db_roll_back(struct journal *j);
/* Look up j->waiting. */
BW_MUST_USE bw_err journal_db_look_answers(struct journal *j);
/* Append the answers that must stand before an entry of this kind. */
BW_MUST_USE bw_err journal_db_answers_before(struct journal *j,
    enum entry_kind kind, uint64_t now);

/* Put the last mark to the others when it is of a share below a number; those
 * that the row has no room for go to the table. Inside a transaction. */
BW_MUST_USE bw_err journal_db_join_last(struct journal *j, struct marks *m,
    uint64_t below);

/* See that a share, about to be stored, will be undone by the next process
 * unless journal_confirm comes. */
BW_MUST_USE bw_err journal_owed_expect(struct journal *j);
/* Nothing is owed: see that the file takes that. */
BW_MUST_USE bw_err journal_owed_clear(struct journal *j);
/* A share of which o says that it must not leave without its undo, if it is in
 * the journal; kept over a restart where the disk allows it at all. */
void journal_owe(struct journal *j, const struct owed *o);
/* Append the undo if it is owed and not there. The journal is not broken. */
BW_MUST_USE bw_err journal_owed_pay(struct journal *j);
/* What was stored so far is to be missed, should it be gone at the next start. */
void journal_owed_stored(struct journal *j);
/* At the start: what the last process owed. BW_ERR_CHAIN when the journal lacks
 * an entry that it had. */
BW_MUST_USE bw_err journal_owed_load(struct journal *j);

/* The state row as it is to be. */
BW_MUST_USE bw_err journal_db_put_state(struct journal *j,
    const struct chain *c, uint64_t serial,
    const uint8_t policy_sha256[static CRYPTO_HASH], const struct marks *m);
/* Bind the marks as a statement's parameter. */
BW_MUST_USE bw_err journal_db_bind_marks(sqlite3_stmt *s, int at,
    const struct marks *m);

#endif
