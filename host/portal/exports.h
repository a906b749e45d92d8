/* SPDX-License-Identifier: Apache-2.0 */
/* exports.h - what staff take away after the summit, and who did. */
#ifndef HOST_PORTAL_EXPORTS_H
#define HOST_PORTAL_EXPORTS_H

#include "host/portal/layout.h"

void exports_show(struct call *c);
/* Each answers with the file, which is recorded before it is sent. */
void exports_leads(struct call *c);
void exports_logs(struct call *c);
void exports_counts(struct call *c);
void exports_audit(struct call *c);

#endif
