/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reader_nfc.h - the chip over libnfc; the only door to libnfc.
 *
 * It keeps to the one order that leaves no field on: open; field off; for each
 * read init, no infinite select, select, read, idle. libnfc may abort() or
 * block: use it in a process that somebody watches.
 */
#ifndef READER_READER_NFC_H
#define READER_READER_NFC_H

#include "reader/loop.h"

/* libnfc's own limit for a connstring, its zero included. */
#define READER_NFC_CONNSTRING_MAX 1024

struct reader_nfc;

/* Make ready for this connstring ("pn532_uart:/dev/ttyUSB0[:speed]"); opens no
 * port yet, *chip does. Silences libnfc's own log. BW_ERR_ARG when it is no
 * name that port_name_ok takes. */
BW_MUST_USE bw_err reader_nfc_open(struct reader_nfc **out,
    const char *connstring, struct chip *chip);
/* WRITE one page of the selected tag. Not by transceive: raw, the tag's answer
 * of four bits is a checksum error to the chip. Errors as of transceive. */
BW_MUST_USE bw_err reader_nfc_write_page(struct reader_nfc *n, uint8_t page,
    const uint8_t data[static 4]);
/* Closes the chip too. Accepts NULL, nulls. */
void reader_nfc_close(struct reader_nfc **n);

#endif
