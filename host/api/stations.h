/* SPDX-License-Identifier: Apache-2.0 */
/* stations.h - the routes of writing stations (STATIONS.md). */
#ifndef HOST_API_STATIONS_H
#define HOST_API_STATIONS_H

#include "host/host.h"

void stations_poll(struct call *c);
void stations_state(struct call *c);
void stations_tag(struct call *c);

#endif
