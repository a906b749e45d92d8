/* SPDX-License-Identifier: Apache-2.0 */
/* login_agent.h - a User-Agent in the few words that tell one's devices apart. */
#ifndef HOST_LOGIN_AGENT_H
#define HOST_LOGIN_AGENT_H

#include "host/login.h"

/* "Firefox on Linux", "a browser on Android", "something else"; nothing of the
 * text itself, which anybody may choose. agent may be NULL. */
void login_agent(const char *agent, char out[static LOGIN_AGENT_MAX + 1]);

#endif
