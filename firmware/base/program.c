// SPDX-License-Identifier: Apache-2.0
#include "base/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bw_err
program_path(const char *name, const char *env, char out[static PATH_MAX])
{
	const char *path = getenv(env);
	char *slash;
	ssize_t n;

	if (path != NULL)
		return snprintf(out, PATH_MAX, "%s", path) < PATH_MAX ?
		    BW_OK : BW_ERR_BOUND;
	n = readlink("/proc/self/exe", out, PATH_MAX - 1);
	if (n <= 0)
		return BW_ERR_IO;
	out[n] = '\0';
	if ((slash = strrchr(out, '/')) == NULL ||
	    (size_t)(slash + 1 - out) + strlen(name) >= PATH_MAX)
		return BW_ERR_BOUND;
	strcpy(slash + 1, name);
	return BW_OK;
}
