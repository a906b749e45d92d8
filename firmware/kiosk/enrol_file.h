/* SPDX-License-Identifier: Apache-2.0 */
/*
 * enrol_file.h - an enrol address in a file, e.g. on the boot partition, where
 * an operator's own machine can put it.
 *
 * The file is one line with the address. files are paths, ended by NULL.
 */
#ifndef KIOSK_ENROL_FILE_H
#define KIOSK_ENROL_FILE_H

#include <stddef.h>

#include "base/err.h"
#include "record/enrol.h"

/* The line of the first file that is there, as a C string; wipe it. What is no
 * address is told only by who takes it for one. BW_ERR_NOTFOUND when none is
 * there; BW_ERR_BOUND, BW_ERR_FORMAT, BW_ERR_IO, and it is logged, when one is
 * and cannot be read. */
BW_MUST_USE bw_err enrol_file_read(const char *const *files,
    char line[static ENROL_ADDRESS_MAX + 1]);

/* The address with this id is used up: remove the files that hold it. One that
 * cannot be removed is logged and stays: the host takes it no second time. */
void enrol_file_forget(const char *const *files, const char *id);

#endif
