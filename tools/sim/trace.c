// SPDX-License-Identifier: Apache-2.0
#include "tools/sim/trace.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/text.h"
#include "tools/sim/frame.h"

#define TRACE_LINE 1024

bw_err
trace_open(struct trace *t, const char *path)
{
	t->fd = -1;
	if (path == NULL)
		return BW_OK;
	t->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC,
	    0644);
	return t->fd >= 0 ? BW_OK : BW_ERR_IO;
}

void
trace_close(struct trace *t)
{
	if (t->fd >= 0)
		close(t->fd);
	t->fd = -1;
}

void
trace_event(const struct trace *t, int64_t now, const char *fmt, ...)
{
	char line[TRACE_LINE];
	va_list ap;
	int head, n;

	if (t->fd < 0)
		return;
	head = snprintf(line, sizeof(line), "{\"t\":%" PRId64 ",", now);
	va_start(ap, fmt);
	n = vsnprintf(line + head, sizeof(line) - (size_t)head - 2, fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)(head + n) > sizeof(line) - 3)
		return;
	n += head;
	line[n++] = '}';
	line[n++] = '\n';
	/* A full disk must not stop the chip: the line is lost then. */
	if (write(t->fd, line, (size_t)n) != n)
		return;
}

void
trace_frame(const struct trace *t, int64_t now, const char *what,
    const char *name, uint8_t code, const uint8_t *data, size_t len)
{
	char hex[TEXT_HEX_SIZE(FRAME_DATA_MAX)];

	if (t->fd < 0)
		return;
	text_hex(data, len < FRAME_DATA_MAX ? len : FRAME_DATA_MAX, hex);
	trace_event(t, now, "\"%s\":\"%s\",\"code\":\"%02x\",\"data\":\"%s\"",
	    what, name, code, hex);
}
