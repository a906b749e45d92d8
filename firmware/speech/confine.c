// SPDX-License-Identifier: Apache-2.0
#include "speech/confine.h"

#include "guard/guard.h"
#include "guard/guard_files.h"

static const struct guard_place places[] = {
	{ "/usr", GUARD_RUN }, { "/bin", GUARD_RUN }, { "/lib", GUARD_RUN },
	{ "/lib64", GUARD_RUN }, { "/etc", GUARD_RUN },
	{ "/proc", GUARD_RUN }, { "/sys", GUARD_RUN }, { "/run", GUARD_RUN },
	{ "/dev/snd", GUARD_RUN | GUARD_DEVICE },
	{ "/dev/shm", GUARD_RUN | GUARD_DEVICE },
	{ "/dev/null", GUARD_DEVICE }, { "/dev/zero", GUARD_DEVICE },
	{ "/dev/random", GUARD_DEVICE }, { "/dev/urandom", GUARD_DEVICE },
};

bw_err
confine(void)
{
	bw_err r = guard_voice();

	return r == BW_OK ? guard_files(places,
	    sizeof(places) / sizeof(places[0])) : r;
}
