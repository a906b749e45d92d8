/* SPDX-License-Identifier: Apache-2.0 */
/* import_print.h - a plan of an import, printed for staff. */
#ifndef TOOLS_IMPORT_PRINT_H
#define TOOLS_IMPORT_PRINT_H

#include "host/import/plan.h"

/* What it would do, or did: CMD_OK, or CMD_FAILED when memory is out. */
int import_print(const struct import_plan *p, bool dry);
/* On standard error: what staff should mind. */
void import_warn(const struct import_plan *p);

#endif
