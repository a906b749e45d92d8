/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_link.h - links that an attendee is sent: who has the code may do one
 * thing, for a while. Only a hash of the code is kept.
 *
 * In an address the code stands behind the "#", so that no server and no log
 * sees it: <base>/my/#CODE, <base>/my/shares/#CODE. LINK_OPTOUT's alone is part
 * of a path, <base>/my/stop/CODE, because mail programs post to it by
 * themselves (RFC 8058).
 */
#ifndef HOST_STORE_LINK_H
#define HOST_STORE_LINK_H

#include "host/store.h"

#define LINK_CODE 27	/* its text, 26 of base32 (as a receipt's) and a zero */

enum link_purpose {
	LINK_ALL = 1,	/* all that this event has; used once */
	LINK_SHARES,	/* num: the daily mail (mail.id) whose shares it shows */
	LINK_OPTOUT,	/* no daily mails any more */
	LINK_SESSION	/* LINK_ALL was used: what its pages repeat (page_my.h) */
};
#define LINK_ALL_SECONDS 3600
#define LINK_SHARES_SECONDS (30 * 86400)
#define LINK_OPTOUT_SECONDS (400 * 86400)

struct link {
	uint64_t registration;
	enum link_purpose purpose;
	uint64_t num;			/* what it is about; 0: nothing else */
	int64_t until;
};

/* Make a code for what in says; in the caller's transaction. */
BW_MUST_USE bw_err link_add(struct store *s, const struct link *in,
    char code[static LINK_CODE]);
/* The same for a number of seconds, about nothing else. */
BW_MUST_USE bw_err link_make(struct store *s, uint64_t registration,
    enum link_purpose purpose, int64_t seconds, int64_t now,
    char code[static LINK_CODE]);

/* What a code is good for. Blanks and hyphens in it do not count, nor small
 * letters. BW_ERR_NOTFOUND for all that is not good: unknown, over, used, of
 * another purpose. */
BW_MUST_USE bw_err link_look(struct store *s, const char *code,
    enum link_purpose purpose, int64_t now, struct link *out);
/* The same, and it is gone; in the caller's transaction. */
BW_MUST_USE bw_err link_take(struct store *s, const char *code,
    enum link_purpose purpose, int64_t now, struct link *out);

/* Of a registration that is erased; and all whose time is over. */
BW_MUST_USE bw_err link_forget(struct store *s, uint64_t registration);
/* A registration gets this address: codes went to whoever had the other. */
BW_MUST_USE bw_err db_links_moved(struct store *s,
    const struct registration *had, const char *mail);
BW_MUST_USE bw_err link_purge(struct store *s, int64_t now);

#endif
