// SPDX-License-Identifier: Apache-2.0
/*
 * drawfail.c - LD_PRELOADed, it makes every drawing fail as for want of memory
 * while the file $DRAWFAIL is there.
 */
#include <cairo.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

cairo_status_t
cairo_status(cairo_t *cr)
{
	static cairo_status_t (*real)(cairo_t *);
	const char *path = getenv("DRAWFAIL");

	if (path != NULL && access(path, F_OK) == 0)
		return CAIRO_STATUS_NO_MEMORY;
	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "cairo_status");
	return real(cr);
}
