/* SPDX-License-Identifier: Apache-2.0 */
/* fold.h - text without regard to the case of its letters, in any script. */
#ifndef HOST_FOLD_H
#define HOST_FOLD_H

#include <stddef.h>

/* Unicode's full case folding of UTF-8; what has no room is left out. */
void fold(const char *s, char *out, size_t size);

/* Its letters in lower case: what differs in more than that stays different, as
 * addresses of mail must ("ß" is no "ss"). */
void fold_lower(const char *s, char *out, size_t size);

#endif
