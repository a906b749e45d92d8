// SPDX-License-Identifier: Apache-2.0
/* badgeward-badge-sheet, badgeward-badge-station: ALONE is the command. */
#include "tools/alone.h"
#include "tools/cmds.h"

int
main(int argc, char **argv)
{
	return alone_run(ALONE, argc, argv);
}
