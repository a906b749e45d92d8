// SPDX-License-Identifier: Apache-2.0
#include "preview/confine.h"

#include <sys/resource.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "guard/guard.h"
#include "guard/guard_files.h"

#define CPU_S 30
#define MEMORY ((rlim_t)2 << 30)	/* mapped fonts count, too */
#define OUTPUT ((rlim_t)256 << 20)

static bw_err
limits(void)
{
	bw_err r;

	if ((r = guard_limit(RLIMIT_CPU, CPU_S)) != BW_OK ||
	    (r = guard_limit(RLIMIT_FSIZE, OUTPUT)) != BW_OK)
		return r;
#ifdef BW_SANITIZE
	return BW_OK;	/* it maps far more than it uses */
#else
	return guard_limit(RLIMIT_AS, MEMORY);
#endif
}

/* Where the programs lie: the catalogues are beside (i18n.h). */
static bw_err
beside(const char *what, char out[static FILE_PATH_MAX])
{
	char self[FILE_PATH_MAX] = { 0 };
	char *slash;
	int n;

	if (readlink("/proc/self/exe", self, sizeof(self) - 1) == -1 ||
	    (slash = strrchr(self, '/')) == NULL)
		return BW_ERR_IO;
	*slash = '\0';
	n = snprintf(out, FILE_PATH_MAX, "%s/../%s/badgeward", self, what);
	return n < FILE_PATH_MAX ? BW_OK : BW_ERR_BOUND;
}

static bw_err
confine_files(void)
{
	char share[FILE_PATH_MAX], lib[FILE_PATH_MAX];
	const struct guard_place places[] = {
		{ share, GUARD_READ }, { lib, GUARD_READ },
		{ "/usr/share/fonts", GUARD_READ },
		{ "/usr/local/share/fonts", GUARD_READ },
		{ "/usr/share/fontconfig", GUARD_READ },
		{ "/usr/share/xml/fontconfig", GUARD_READ },
		{ "/etc/fonts", GUARD_READ },
		{ "/var/cache/fontconfig", GUARD_READ },
		{ "/proc/self", GUARD_READ },
	};
	bw_err r;

	if ((r = beside("share", share)) != BW_OK ||
	    (r = beside("lib", lib)) != BW_OK)
		return r;
	return guard_files(places, sizeof(places) / sizeof(places[0]));
}

bw_err
preview_confine(void)
{
	bw_err r;

	if ((r = limits()) != BW_OK)
		return r;
	r = confine_files();
	if (r != BW_OK && r != BW_ERR_NOTFOUND)
		return r;
	return guard_enter(GUARD_LETTERS);
}
