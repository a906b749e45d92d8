/* SPDX-License-Identifier: Apache-2.0 */
/*
 * many.h - leads by the thousand, as a host has them that has ingested and
 * settled them, without a log's signatures.
 */
#ifndef TESTS_MANY_H
#define TESTS_MANY_H

#include "host/store_settle.h"
#include "tests/support/summit.h"

/* Of one of `people` persons of the summit, from the first on. */
void many_add(struct summit *sum, const struct booth *b, size_t first,
    size_t people, uint64_t seq, int64_t time);

/* Leads [from, to) of a log that ends there, settled. */
void many_fill(struct summit *sum, const struct booth *b, size_t first,
    size_t people, uint64_t from, uint64_t to);

#endif
