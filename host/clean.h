/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clean.h - a cell of someone else's file as a value of a field.
 */
#ifndef HOST_CLEAN_H
#define HOST_CLEAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "record/field.h"

/* in is valid UTF-8. The value is normalised (NFC), every run of blanks and
 * line ends is one space, none are left at the ends, neither are invisible
 * marks. Nothing is cut: BW_ERR_BOUND when it is over FIELD_VALUE_MAX bytes
 * then (*len says how many), BW_ERR_FORMAT when it holds control characters
 * or such as change the direction of the text around it. An empty value is
 * BW_OK. */
BW_MUST_USE bw_err clean_value(const char *in,
    char out[static FIELD_VALUE_MAX + 1], size_t *len);

/* A control character, or an embedding, override or isolate, which reorders what
 * stands behind it. */
bool clean_refuses(int32_t code_point);

#endif
