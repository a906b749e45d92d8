// SPDX-License-Identifier: Apache-2.0
/*
 * argons.c - LD_PRELOADed, it adds a byte to the file $ARGONS for every
 * password that is hashed: what work a log-in makes, without looking at time.
 */
#include <argon2.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int
argon2id_ctx(argon2_context *context)
{
	int (*real)(argon2_context *);
	const char *path = getenv("ARGONS");
	int fd = path != NULL ? open(path, O_WRONLY | O_CREAT | O_APPEND |
	    O_CLOEXEC, 0600) : -1;

	if (fd != -1) {
		if (write(fd, ".", 1) != 1)
			abort();
		close(fd);
	}
	*(void **)&real = dlsym(RTLD_NEXT, "argon2id_ctx");
	return real(context);
}
