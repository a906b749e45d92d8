// SPDX-License-Identifier: Apache-2.0
#include "kiosk/secret.h"

#include <sys/mman.h>

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

#define BURN_SIZE (256 * 1024)
#define PERTURB 0xa5

void *
secret_alloc(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		return NULL;
	if (mlock(p, size) == -1)
		log_debug("a page for secrets cannot be locked");
	return p;
}

void
secret_free(void **p, size_t size)
{
	if (*p == NULL)
		return;
	explicit_bzero(*p, size);
	munmap(*p, size);
	*p = NULL;
}

void __attribute__((noinline))
secret_burn_stack(void)
{
	char burn[BURN_SIZE];

	explicit_bzero(burn, sizeof(burn));
}

/* The thread cache of glibc's malloc keeps freed memory as it was, whatever
 * M_PERTURB says; GLib's slices never give it back. */
void
secret_harden(char **argv)
{
	static const char *const tunables = "glibc.malloc.tcache_count=0";
	const char *now = getenv("GLIBC_TUNABLES");
	char self[4096];
	ssize_t n;

	mallopt(M_PERTURB, PERTURB);
	if (now != NULL && strcmp(now, tunables) == 0)
		return;
	/* By its own path: a process is named after the file it executes. */
	n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	if (n > 0 && setenv("GLIBC_TUNABLES", tunables, 1) == 0 &&
	    setenv("G_SLICE", "always-malloc", 1) == 0) {
		self[n] = '\0';
		execv(self, argv);
	}
	log_warn("freed memory cannot be kept clean here");
}
