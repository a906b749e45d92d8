/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_sim.h - `badgeward sim`: a PN532 with tags on a pseudo terminal, and the
 * sending of one control command to a running one (badgeward-sim.1).
 */
#ifndef SIM_CMD_SIM_H
#define SIM_CMD_SIM_H

/* Returns the exit code: 0, 1 with a sentence on standard error, 2 usage. */
int cmd_sim(int argc, char **argv);

#endif
