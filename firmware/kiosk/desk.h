/* SPDX-License-Identifier: Apache-2.0 */
/*
 * desk.h - a badge at the desk: letter keys of the window hold a simulated
 * badge to a simulated reader, and take it away.
 */
#ifndef KIOSK_DESK_H
#define KIOSK_DESK_H

/* 'p' presents the tag $BADGEWARD_SIM_TAG on the simulator whose control
 * socket is $BADGEWARD_SIM, 'r' removes it; all else does nothing, as does
 * everything when the variables are not set. */
void desk_key(char letter);

#endif
