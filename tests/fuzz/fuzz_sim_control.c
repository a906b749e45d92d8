// SPDX-License-Identifier: Apache-2.0
/*
 * The simulator takes any control lines, and answers each by one line of "ok"
 * or "err", unless it has to wait.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/sim/sim.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Files exist in imagination only. */
static bw_err
read_none(const char *path, struct bw_buf *b)
{
	for (size_t i = 0; path[i] != 0; i++) {
		bw_err r = bw_buf_put(b, path, strlen(path));

		if (r != BW_OK)
			return r;
	}
	return BW_OK;
}

static bw_err
write_none(const char *path, const void *ptr, size_t len, mode_t mode)
{
	(void)path;
	(void)mode;
	return ptr == NULL || len == 0 ? BW_ERR_ARG : BW_OK;
}

static const struct sim_files files = { read_none, write_none };

static void
one(struct sim *s, const char *line)
{
	struct bw_buf out = BW_BUF_INIT(CONTROL_ANSWER);
	struct control_waiting wait;

	if (strcmp(line, "plug") == 0)
		return;		/* would make a real terminal */
	control_line(s, line, &out, &wait);
	if (wait.what == WAIT_NOTHING) {
		if (out.len < 3 || out.ptr[out.len - 1] != '\n' ||
		    memchr(out.ptr, '\n', out.len - 1) != NULL ||
		    (memcmp(out.ptr, "ok", 2) != 0 &&
		    memcmp(out.ptr, "err ", 4) != 0))
			abort();
	} else if (out.len != 0) {
		abort();
	}
	bw_buf_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sim s;
	char line[CONTROL_LINE];
	size_t n = 0;

	if (sim_init(&s, "/nowhere/tty") != BW_OK)
		abort();
	s.files = &files;
	for (size_t i = 0; i < size; i++) {
		if (data[i] != '\n' && n < sizeof(line) - 1) {
			line[n++] = (char)data[i];
			continue;
		}
		line[n] = 0;
		n = 0;
		one(&s, line);
	}
	sim_free(&s);
	return 0;
}
