// SPDX-License-Identifier: Apache-2.0
/* Enrolment: address, POST, offer. */
#include "tests/fuzz/fuzz.h"

#include "record/enrol.h"

static void
try_address(const char *s, size_t len)
{
	struct bw_buf again = BW_BUF_INIT(1024);
	struct enrol_address a;

	if (enrol_address_parse(s, len, &a) != BW_OK) {
		CHECK(a.base[0] == 0);
		return;
	}
	CHECK(enrol_address_format(&a, &again) == BW_OK);
	CHECK_SAME(&again, s, len);
	bw_buf_free(&again);
}

/* JSON of any spelling is taken; what it says must survive a round. */
static void
try_post(const char *s, size_t len)
{
	struct bw_buf json = BW_BUF_INIT(65536), again = json;
	struct enrol_post p, q;

	if (enrol_post_decode(s, len, &p) != BW_OK)
		return;
	CHECK(enrol_post_encode(&p, &json) == BW_OK);
	CHECK(enrol_post_decode((char *)json.ptr, json.len, &q) == BW_OK);
	CHECK(enrol_post_encode(&q, &again) == BW_OK);
	CHECK_SAME(&again, json.ptr, json.len);
	enrol_post_free(&p);
	enrol_post_free(&q);
	bw_buf_free(&json);
	bw_buf_free(&again);
}

static void
try_offer(const char *s, size_t len)
{
	struct bw_buf json = BW_BUF_INIT(8u << 20), again = json;
	struct enrol_offer o, q;

	if (enrol_offer_decode(s, len, &o) != BW_OK)
		return;
	CHECK(enrol_offer_encode(&o, &json) == BW_OK);
	CHECK(enrol_offer_decode((char *)json.ptr, json.len, &q) == BW_OK);
	CHECK(enrol_offer_encode(&q, &again) == BW_OK);
	CHECK_SAME(&again, json.ptr, json.len);
	enrol_offer_free(&o);
	enrol_offer_free(&q);
	bw_buf_free(&json);
	bw_buf_free(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char *s = (const char *)data;

	if (len == 0)
		return 0;
	try_address(s, len);
	try_post(s, len);
	try_offer(s, len);
	return 0;
}
