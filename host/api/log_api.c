// SPDX-License-Identifier: Apache-2.0
/* A log's tiles over HTTP (C2SP tlog-tiles): what is sent never changes. */
#include <stdio.h>

#include "host/api/api.h"
#include "host/route.h"
#include "host/store_device.h"
#include "host/tiles.h"

void
api_tile(struct call *c)
{
	char name[STRICT_TARGET_MAX + 1], rest[STRICT_TARGET_MAX + 1];
	char path[STRICT_TARGET_MAX + 8];
	struct bw_buf out = BW_BUF_INIT(TILE_BYTES_MAX);
	struct store_device d;
	struct tile t;
	bw_err r;

	route_part(c, 0, name);
	route_part(c, 1, rest);
	snprintf(path, sizeof(path), "tile/%s", rest);
	if ((r = store_device_get(c->store, name, &d)) == BW_OK &&
	    (r = tile_parse(path, &t)) == BW_OK)
		r = tile_read(c->store, d.num, &t, &out);
	if (r == BW_OK) {
		http_text(c->out, 200, "application/octet-stream", out.ptr,
		    out.len);
		c->out->forever = c->out->personal = true;
	} else
		api_failure(c, r == BW_ERR_FORMAT ? BW_ERR_NOTFOUND : r);
	bw_buf_free(&out);
}
