/* SPDX-License-Identifier: Apache-2.0 */
/* mail_address.h - an address as people give it, and as mail goes to it. */
#ifndef HOST_MAIL_ADDRESS_H
#define HOST_MAIL_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define MAIL_ADDRESS_MAX 254

/* An address that mail goes to as it stands: local@domain in ASCII, without
 * quotes, spaces or what could be read as more than one address. */
bool mail_address_ok(const char *s);
/* Likewise, but what people give may have other letters: the domain becomes
 * ASCII (IDNA 2008, as UTS #46 maps it), the part before it stays, and *utf8
 * says that it needs a server with SMTPUTF8 (RFC 6531). Of its own output it
 * makes the same. BW_ERR_ARG: none that mail can go to; out is "". */
BW_MUST_USE bw_err mail_address_take(const char *given,
    char out[static MAIL_ADDRESS_MAX + 1], bool *utf8);

/* What two addresses are compared by: without regard to case, and with the
 * domain in ASCII, however it was written. */
void mail_address_fold(const char *given, char *out, size_t size);

#endif
