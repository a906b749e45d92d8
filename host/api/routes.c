// SPDX-License-Identifier: Apache-2.0
/* The routes of programs, under /api/v1/: need API, so that a token may ask. */
#include "host/api/api.h"
#include "host/api/station_api.h"
#include "host/api/stations.h"
#include "host/metrics.h"
#include "host/route.h"

#define GET(path, run, act, of, params) \
	{ HTTP_GET, path, 0, API, false, run, act, of, params }
#define SEND(method, path, run, act, of) \
	{ method, path, API_BODY_MAX, API, true, run, act, of, NULL }
/* A writing station's (STATIONS.md). */
#define STATION(what, run) \
	{ HTTP_POST, "/api/v1/stations/*/" what, STATION_BODY_MAX, API, true, \
	    run, ACT_STATION, OF_NONE, NULL }
#define SPONSOR "/api/v1/sponsors/*/"

const struct route api_routes[] = {
	{ HTTP_GET, "/api/v1/openapi.json", 0, NOTHING, false, api_document,
	    ACT_NONE, OF_NONE, NULL },
	GET("/api/v1/counts", api_counts, ACT_DASHBOARD, OF_NONE, "since"),
	GET("/api/v1/devices", api_devices, ACT_DEVICES, OF_NONE, NULL),
	GET("/api/v1/logs", api_logs, ACT_LOGS, OF_NONE, NULL),
	GET(SPONSOR "counts", api_sponsor_counts, ACT_COUNTS, OF_SPONSOR,
	    "since"),
	GET(SPONSOR "devices", api_sponsor_devices, ACT_BOOTH, OF_SPONSOR,
	    NULL),
	GET(SPONSOR "exports", api_exports, ACT_LEADS_EXPORT, OF_SPONSOR,
	    "cursor limit"),
	SEND(HTTP_POST, SPONSOR "exports", api_export, ACT_LEADS_EXPORT,
	    OF_SPONSOR),
	{ HTTP_GET, SPONSOR "leads", 0, API, true, api_leads, ACT_LEADS,
	    OF_SPONSOR, "cursor device limit modified_since rating search "
	    "sort tag" },
	GET(SPONSOR "leads/*", api_lead, ACT_LEADS, OF_SPONSOR, NULL),
	SEND(HTTP_PATCH, SPONSOR "leads/*", api_lead_patch, ACT_LEADS_NOTE,
	    OF_SPONSOR),
	GET(SPONSOR "notices", api_notices, ACT_LEADS, OF_SPONSOR,
	    "cursor limit state"),
	SEND(HTTP_POST, SPONSOR "notices/*/acknowledge", api_notice_done,
	    ACT_ACK, OF_SPONSOR),
	GET(SPONSOR "team", api_team, ACT_TEAM, OF_SPONSOR, NULL),
	GET("/log/*/tile/**", api_tile, ACT_LOGS, OF_DEVICE, NULL),
	{ HTTP_GET, "/metrics", 0, STORE, false, metrics_answer, ACT_NONE,
	    OF_NONE, NULL },
	STATION("poll", stations_poll),
	STATION("state", stations_state),
	STATION("tag", stations_tag),
	{ .path = NULL },
};
