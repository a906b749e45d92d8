/* SPDX-License-Identifier: Apache-2.0 */
/*
 * foreign.h - tags that are no badges: a MIFARE Classic 1K, which answers
 * nothing before its crypto handshake, and a Type 4 tag (a phone, a bank
 * card), which knows no application that one asks for.
 */
#ifndef SIM_FOREIGN_H
#define SIM_FOREIGN_H

#include "tools/sim/tag.h"

extern const struct tag_kind foreign_classic, foreign_type4;

#endif
