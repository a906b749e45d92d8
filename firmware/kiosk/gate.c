// SPDX-License-Identifier: Apache-2.0
#include "kiosk/gate.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"

#define COUNT_MAX 1000000

static int64_t
wait_after(unsigned wrong)
{
	unsigned doubled = wrong - GATE_FREE;

	if (wrong < GATE_FREE)
		return 0;
	return doubled >= 6 ? GATE_WAIT_MOST_MS :
	    (int64_t)GATE_WAIT_MS << doubled;
}

static void
set(struct gate *g, unsigned wrong, int64_t now)
{
	g->wrong = wrong;
	g->until = now + wait_after(wrong);
}

void
gate_open(struct gate *g, const char *path, int64_t now)
{
	struct bw_buf b = BW_BUF_INIT(16);
	uint64_t n = GATE_FREE;
	bw_err r;

	memset(g, 0, sizeof(*g));
	snprintf(g->path, sizeof(g->path), "%s", path);
	r = file_read(path, &b);
	if (r == BW_ERR_NOTFOUND)
		n = 0;
	else if (r != BW_OK || text_number((const char *)b.ptr, b.len,
	    COUNT_MAX, &n) != BW_OK)
		n = GATE_FREE;
	bw_buf_free(&b);
	set(g, (unsigned)n, now);
}

int64_t
gate_wait(const struct gate *g, int64_t now)
{
	return g->until > now ? g->until - now : 0;
}

bw_err
gate_try(struct gate *g, int64_t now)
{
	char text[16];
	bw_err r;

	if (gate_wait(g, now) > 0)
		return BW_ERR_BUSY;
	if (g->wrong < COUNT_MAX)
		set(g, g->wrong + 1, now);
	snprintf(text, sizeof(text), "%u", g->wrong);
	if ((r = file_write(g->path, text, strlen(text), 0600)) != BW_OK)
		log_error("a try of the PIN cannot be stored: %s",
		    bw_strerror(r));
	return BW_OK;
}

void
gate_pass(struct gate *g)
{
	bw_err r;

	g->wrong = 0;
	g->until = 0;
	if ((r = file_remove(g->path)) != BW_OK)
		log_error("the tries of the PIN cannot be cleared: %s",
		    bw_strerror(r));
}
