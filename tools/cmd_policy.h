/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_policy.h - what policy check, install and preview share.
 */
#ifndef TOOLS_CMD_POLICY_H
#define TOOLS_CMD_POLICY_H

#include "host/policyfile.h"
#include "tools/staff.h"

/* Read a policy file with its logos, which lie beside it; h: whose event's it
 * must be, NULL: anyone's. All that is wrong is said. CMD_OK or CMD_FAILED. */
int policy_file_read(const char *path, const struct hostdir *h,
    struct bw_buf *text, struct policyfile **p);

#endif
