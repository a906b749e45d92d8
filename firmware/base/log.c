// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const char *log_program = "badgeward";
static enum log_level log_most = LOG_LEVEL_INFO;

void
log_open(const char *program, enum log_level most)
{
	log_program = program;
	log_most = most;
}

static void BW_PRINTF(2, 0)
say(enum log_level level, const char *fmt, va_list ap)
{
	char line[1024];

	if (level > log_most)
		return;
	vsnprintf(line, sizeof(line), fmt, ap);
	if (getenv("JOURNAL_STREAM") != NULL)
		fprintf(stderr, "<%d>%s: %s\n", (int)level, log_program, line);
	else
		fprintf(stderr, "%s: %s\n", log_program, line);
}

#define LOG_AT(name, level)						\
	void								\
	name(const char *fmt, ...)					\
	{								\
		va_list ap;						\
									\
		va_start(ap, fmt);					\
		say(level, fmt, ap);					\
		va_end(ap);						\
	}

LOG_AT(log_error, LOG_LEVEL_ERROR)
LOG_AT(log_warn, LOG_LEVEL_WARN)
LOG_AT(log_info, LOG_LEVEL_INFO)
LOG_AT(log_debug, LOG_LEVEL_DEBUG)
