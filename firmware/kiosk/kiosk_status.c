// SPDX-License-Identifier: Apache-2.0
/* How the device is, for the host's staff. */
#include "kiosk/kiosk_parts.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "reader/cause.h"

/* The temperature of the board in whole degrees; false when there is none. */
static bool
temperature(int *degrees)
{
	struct bw_buf b = BW_BUF_INIT(32);
	const char *s;
	bool ok;

	ok = file_read("/sys/class/thermal/thermal_zone0/temp", &b) == BW_OK &&
	    b.len > 0 && bw_buf_cstr(&b, &s) == BW_OK;
	if (ok)
		*degrees = (int)(strtol(s, NULL, 10) / 1000);
	bw_buf_free(&b);
	return ok;
}

/* "ready", or why not. */
static const char *
reader_word(const struct kiosk *k)
{
	if (k->reader == NULL)
		return "not given";
	return reader_client_ready(k->reader) ? "ready" :
	    reader_cause_name(k->reader_cause);
}

/* Entries that wait for the host and may be counted; 0 without a log. */
static uint64_t
backlog(const struct kiosk *k)
{
	uint64_t cosigned, limit;

	if (k->journal == NULL)
		return 0;
	cosigned = journal_cosigned(k->journal);
	limit = kiosk_tellable(k);
	return limit > cosigned ? limit - cosigned : 0;
}

/* Why the booth is closed. What stays so stands above that nothing runs. */
static const char *
trouble_word(const struct kiosk *k, bool ends)
{
	enum trouble t = k->consent.trouble;

	return !ends || t == TROUBLE_DAY || t == TROUBLE_LOG ||
	    t == TROUBLE_CLOSED || t == TROUBLE_REVOKED ?
	    consent_trouble_name(t) : "off";
}

/* How the device is; nothing about anyone. */
static char *
status_text(const struct kiosk *k, bool ends)
{
	uint64_t waits = backlog(k), rate, seconds;
	json_t *o = json_pack("{s:s,s:I,s:s,s:s,s:s,s:s}", "version",
	    BW_VERSION, "backlog", (json_int_t)waits,
	    "storage", kiosk_disk_name(k->disk),
	    "clock", clock_source_name(k->clock.source),
	    "reader", reader_word(k), "trouble", trouble_word(k, ends));
	char *text = NULL;
	int degrees;

	if (o != NULL && temperature(&degrees))
		json_object_set_new(o, "temperature", json_integer(degrees));
	if (o != NULL && pace_says(&k->pace, waits, clock_mono_ms(), &rate,
	    &seconds)) {
		json_object_set_new(o, "rate", json_integer((json_int_t)rate));
		json_object_set_new(o, "time_left",
		    json_integer((json_int_t)seconds));
	}
	if (o != NULL)
		text = json_dumps(o, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(o);
	return text;
}

static void
say(struct kiosk *k, bool ends)
{
	char *text = status_text(k, ends);
	bw_err r;

	if (text == NULL)
		return;
	if (strlen(text) < sizeof(k->status) && strcmp(text, k->status) != 0) {
		r = outbox_put(k->place.outbox, "status.json", text,
		    strlen(text));
		if (r == BW_OK)
			memcpy(k->status, text, strlen(text) + 1);
		else
			log_error("the status cannot be written: %s",
			    bw_strerror(r));
	}
	free(text);
}

/* Each is a write to the disk. */
void
kiosk_say_status(struct kiosk *k)
{
	if (kiosk_now(k) < k->status_at)
		return;
	k->status_at = kiosk_now(k) + KIOSK_STATUS_MS;
	say(k, false);
}

void
kiosk_say_end(struct kiosk *k)
{
	if (k->enrolled)
		say(k, true);
}
