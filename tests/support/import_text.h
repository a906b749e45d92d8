/* SPDX-License-Identifier: Apache-2.0 */
/* import_text.h - a text in memory as a file that the importer can read. */
#ifndef TESTS_IMPORT_TEXT_H
#define TESTS_IMPORT_TEXT_H

#include <sys/mman.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

static inline int
fd_of(const void *text, size_t len)
{
	int fd = memfd_create("test", MFD_CLOEXEC);

	for (size_t done = 0; fd != -1 && done < len;) {
		ssize_t n = write(fd, (const char *)text + done, len - done);

		if (n <= 0)
			abort();
		done += (size_t)n;
	}
	if (fd == -1)
		abort();
	return fd;
}

#endif
