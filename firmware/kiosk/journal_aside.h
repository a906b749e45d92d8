/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_aside.h - a log that must not be continued, kept whole.
 *
 * DIR/aside-1, aside-2 … take the journal with its WAL and its undo as they
 * are, for `badgeward journal recover`. Nothing there is written over, and
 * nothing of it is ever deleted here.
 */
#ifndef KIOSK_JOURNAL_ASIDE_H
#define KIOSK_JOURNAL_ASIDE_H

#include "base/err.h"
#include "base/file.h"

/* Move the journal at path, which nobody has open, out of the way: where is the
 * folder beside it that has it now. What a crash left of an earlier try goes
 * there too. BW_ERR_NOTFOUND when there is nothing to move. */
BW_MUST_USE bw_err journal_set_aside(const char *path,
    char where[static FILE_PATH_MAX]);

#endif
