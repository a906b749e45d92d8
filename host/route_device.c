// SPDX-License-Identifier: Apache-2.0
/* The routes of devices and attendees. */
#include "host/device_api.h"
#include "host/enrol_api.h"
#include "host/page_check.h"
#include "host/page_public.h"
#include "host/page_daily.h"
#include "host/page_my.h"
#include "host/page_receipt.h"
#include "host/page_site.h"
#include "host/route.h"
#include "record/upload.h"

#define GET(path, most, need, writes, run) \
	{ HTTP_GET, path, most, need, writes, run, ACT_NONE, OF_NONE, NULL }
#define POST(path, most, need, writes, run) \
	{ HTTP_POST, path, most, need, writes, run, ACT_NONE, OF_NONE, NULL }

const struct route device_routes[] = {
	GET("/", 0, NOTHING, false, site_home),
	GET("/b", 0, NOTHING, false, site_badge),
	GET("/r", 0, NOTHING, false, site_receipt_moved),
	GET("/r/", 0, NOTHING, false, receipt_ask),
	POST("/r/", RECEIPT_FORM_MAX, STORE, false, receipt_show),
	GET("/privacy", 0, STORE, false, site_privacy),
	GET("/verify", 0, STORE, false, site_check),
	GET("/check.js", 0, NOTHING, false, site_check_script),
	GET("/zip.js", 0, NOTHING, false, site_zip_script),
	GET("/my/shares/", 0, NOTHING, false, daily_ask),
	POST("/my/shares/", DAILY_FORM_MAX, STORE, false, daily_show),
	GET("/my/stop/*", 0, STORE, false, daily_stop_ask),
	POST("/my/stop/*", DAILY_FORM_MAX, STORE, false, daily_stop_now),
	GET("/my", 0, NOTHING, false, my_moved),
	GET("/my/", 0, NOTHING, false, my_enter),
	POST("/my/", MY_FORM_MAX, STORE, true, my_post),
	/* Without a store: what is answered cannot depend on who is in it. */
	POST("/my/ask", MY_FORM_MAX, NOTHING, false, my_ask),
	GET("/my.js", 0, NOTHING, false, my_script),
	GET("/style.css", 0, NOTHING, false, site_style),
	GET("/receipt.js", 0, NOTHING, false, site_script),
	GET("/healthz", 0, STORE, false, site_health),
	GET("/log/*/checkpoint", 0, STORE, false, site_checkpoint),
	GET("/v1/device/enrol", 0, STORE, false, enrol_get),
	POST("/v1/device/enrol", ENROL_POST_MAX, STORE, true, enrol_post),
	GET("/v1/device/policy", 0, DEVICE, true, device_get_policy),
	GET("/v1/device/log", 0, DEVICE, false, device_get_log),
	POST("/v1/device/log", UPLOAD_MAX, DEVICE, true, device_post_log),
	POST("/v1/device/status", STATUS_MAX, DEVICE, true, device_post_status),
	{ .path = NULL },
};
