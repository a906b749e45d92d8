/* SPDX-License-Identifier: Apache-2.0 */
/*
 * csvfile.h - a CSV file (RFC 4180) as rows of cells, strictly.
 *
 * Encodings are decode.h's; lines end in CRLF, LF or CR; empty lines are
 * passed over. Cells are separated by commas, semicolons or tabs, whichever the
 * first line has most of outside of quotes, or what a spreadsheet's line
 * "sep=;" before it says. Every row has as many cells as the first one. What
 * breaks these rules is a fault with the line where it begins, and no row
 * after it is given; of rows with another number of cells the fault names all,
 * up to a bound, so that they can be mended in one go. Blanks around an unquoted cell are not part of it.
 */
#ifndef HOST_IMPORT_CSVFILE_H
#define HOST_IMPORT_CSVFILE_H

#include "host/import/decode.h"
#include "host/import/source.h"

#define CSVFILE_COLUMNS 2000
#define CSVFILE_ROW_MAX (256u * 1024)	/* bytes of one row's cells */

struct csvfile;
/* As decode_open. */
BW_MUST_USE bw_err csvfile_open(struct csvfile **out, int fd,
    struct fault *f);
void csvfile_close(struct csvfile **c);
enum decode_charset csvfile_charset(const struct csvfile *c);

/* The next row, the first one too. BW_ERR_NOTFOUND behind the last;
 * BW_ERR_FORMAT or BW_ERR_BOUND fill *f. */
BW_MUST_USE bw_err csvfile_next(struct csvfile *c, struct import_row *row,
    struct fault *f);
/* The next row is the first again. */
BW_MUST_USE bw_err csvfile_rewind(struct csvfile *c, struct fault *f);

#endif
