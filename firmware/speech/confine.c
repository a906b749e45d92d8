// SPDX-License-Identifier: Apache-2.0
#include "speech/confine.h"

#include "guard/guard.h"
#include "guard/guard_files.h"

static const struct guard_place places[] = {
	{ "/usr", GUARD_READ }, { "/bin", GUARD_READ },
	{ "/lib", GUARD_READ }, { "/lib64", GUARD_READ },
	{ "/etc", GUARD_READ }, { "/proc", GUARD_READ },
	{ "/sys", GUARD_READ }, { "/run", GUARD_READ },
	{ "/dev/snd", GUARD_READ_DEVICE }, { "/dev/shm", GUARD_READ_DEVICE },
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
