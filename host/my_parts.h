/* SPDX-License-Identifier: Apache-2.0 */
/* my_parts.h - what my_copy*.c share: the parts of the document. */
#ifndef HOST_MY_PARTS_H
#define HOST_MY_PARTS_H

#include "host/my_copy.h"

/* A failure inside jansson is a value that is NULL, which sticks in `bad`. */
struct my_doc {
	struct call *c;
	struct store *store;		/* the call's */
	uint64_t registration;
	enum reg_status status;
	int64_t now;
	bool files;
	const char *language;
	json_t *root;
	bool bad;
};

/* o[key] = v, or append v to an array; takes v. */
void my_put(struct my_doc *d, json_t *o, const char *key, json_t *v);
void my_add(struct my_doc *d, json_t *array, json_t *v);
/* "2026-06-01T09:30:00Z", null for 0. */
json_t *my_time(int64_t t);
json_t *my_fields(field_set set);
json_t *my_values(const struct field_values *v, field_set only);

/* An act of the audit in words for its person; as it is, when it has none. */
const char *my_did(const char *language, const char *act);

/* root["records"]: my_records.c. */
BW_MUST_USE bw_err my_records(struct my_doc *d);
/* root["shares"] and root["exports"]: my_shares.c. */
BW_MUST_USE bw_err my_shares(struct my_doc *d);

#endif
