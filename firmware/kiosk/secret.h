/* SPDX-License-Identifier: Apache-2.0 */
/*
 * secret.h - memory that is not swapped out, and copies that must not stay.
 */
#ifndef KIOSK_SECRET_H
#define KIOSK_SECRET_H

#include <stddef.h>

/* Pages of their own, all zero, locked into memory; NULL when there are none.
 * That they cannot be locked is not an error. */
void *secret_alloc(size_t size);
/* Wipe and give back; *p is nulled. */
void secret_free(void **p, size_t size);

/* Wipe the part of the stack below the caller that earlier calls used. */
void secret_burn_stack(void);

/* Have freed memory overwritten by the C library and kept out of allocators
 * that do not: what Pango, Cairo and GLib copied of a name goes when they free
 * it. Some of that is read from the environment when a program starts, so
 * this executes the program once more, with it set; call it first in main. */
void secret_harden(char **argv);

#endif
