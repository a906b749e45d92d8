// SPDX-License-Identifier: Apache-2.0
#include "host/portal/care.h"

#include <string.h>

#include "host/portal/catalogue.h"

static const struct { const char *what, *todo; } says[CARES] = {
	[CARE_FORKED] = { N_("It signed two histories: its keys may have been "
	    "copied."), N_("Revoke it, and reassign it under a new name.") },
	[CARE_LOG] = { N_("Closed: its log is damaged."),
	    N_("Reassign it, and enrol it anew on its screen.") },
	[CARE_CLOSED] = { N_("Closed: its log has ended."),
	    N_("Reassign it, and enrol it anew on its screen.") },
	[CARE_CLOCK] = { N_("Closed: nobody vouches for its clock."),
	    N_("Give it network: it takes the time from there.") },
	[CARE_STORAGE] = { N_("Closed: its disk is full or fails."),
	    N_("Give it network, so that it can delete what the host has. If "
	    "that does not help, replace its card and reassign it.") },
	[CARE_POLICY] = { N_("Closed: it has no valid policy."),
	    N_("See that the policy in force is valid today, and that the "
	    "device has network.") },
	[CARE_SCREEN] = { N_("Closed: its screen shows nothing."),
	    N_("Check the screen and its cable.") },
	[CARE_HOST] = { N_("Closed: the host has lost entries that it had "
	    "confirmed."), N_("Restore the newest copy of the host's "
	    "store, then it opens by itself. If there is none, reassign it, "
	    "and enrol it anew on its screen.") },
	[CARE_LESS] = { N_("The host lacks entries before those that it "
	    "sends."), N_("Nobody should share there. It may send them again "
	    "by itself, within a quarter of an hour at most. If it closes "
	    "instead, restore the newest copy of the host's store.") },
	[CARE_READER] = { N_("Closed: its reader does not work."),
	    N_("Check the reader's plug and cable, then switch the device off "
	    "and on.") },
	[CARE_OFF] = { N_("Closed: its program was stopped."),
	    N_("Switch the device off and on.") },
	[CARE_PUT_BACK] = { N_("Nothing has come from it since the host's "
	    "store was restored: whether entries of it are lost is not known "
	    "yet."), N_("Give it network, and wait until this has gone before "
	    "anybody shares there.") },
	[CARE_HEARD] = { N_("Reported lost, and heard of since: somebody has it "
	    "switched on, with network. It is cut off."),
	    N_("Look for it at its booth. When you have it, report it as "
	    "found.") },
	[CARE_SILENT] = { N_("Nothing heard of it for over ten minutes."),
	    N_("See that it is on and has network. It goes on recording; "
	    "nothing is lost.") },
	[CARE_SILENT_UNBEGUN] = { N_("Nothing heard of it for over ten minutes, "
	    "and the program of its screen had not reported then."),
	    N_("See that it is on and has network, and what its screen shows: "
	    "as long as that program does not run, nothing is recorded.") },
	[CARE_BACKLOG_GROWS] = { N_("Much waits to be sent."),
	    N_("See that its network is good. Nothing is lost.") },
	[CARE_DISK_LOW] = { N_("Its disk is nearly full."),
	    N_("Give it network, so that it can delete what the host has.") },
	[CARE_INVITE_OVER] = { N_("It was not enrolled, and its address is "
	    "over."), N_("Make a new address for it.") },
	[CARE_CLOCK_UNSURE] = { N_("Nobody has confirmed its clock yet."),
	    N_("Give it network: it takes the time from there.") },
	[CARE_UNTOLD] = { N_("It has never reported how it is."),
	    N_("That comes a minute after it was enrolled. If not, see that "
	    "its program runs.") },
	[CARE_UPLINK_ALONE] = { N_("The program of its screen has not "
	    "reported yet: of clock and reader nothing is known."),
	    N_("See what its screen shows, and switch it off and on if it "
	    "shows nothing.") },
	[CARE_OLD] = { N_("It runs another version than the host."),
	    N_("Update it when its booth is closed.") },
	[CARE_INVITED] = { N_("It is not enrolled yet."),
	    N_("Give it its address. If that is lost, make a new one.") },
	[CARE_DAY] = { N_("Its staff have ended the day."), "" },
	[CARE_LOST] = { N_("Reported lost, and cut off."),
	    N_("When it turns up, report it as found.") },
	[CARE_REVOKED] = { N_("Revoked."), "" },
};

/* Why the booth is closed, in the device's word. */
static const struct { const char *word; enum care care; } closed[] = {
	{ "screen", CARE_SCREEN }, { "reader", CARE_READER },
	{ "policy", CARE_POLICY }, { "clock", CARE_CLOCK },
	{ "log", CARE_LOG }, { "storage", CARE_STORAGE },
	{ "host", CARE_HOST }, { "closed", CARE_CLOSED },
	{ "day", CARE_DAY }, { "off", CARE_OFF },
};

static unsigned
bit(enum care c)
{
	return 1u << c;
}

static bool
is(const char *word, const char *what)
{
	return strcmp(word, what) == 0;
}

/* What a device said goes on after that, also when nothing is heard of it any
 * more; of all else only the device knows. */
#define LASTS (1u << CARE_LOG | 1u << CARE_CLOSED | 1u << CARE_BACKLOG_GROWS | \
	1u << CARE_DISK_LOW | 1u << CARE_OLD | 1u << CARE_DAY)

#define SILENT (1u << CARE_SILENT | 1u << CARE_SILENT_UNBEGUN)

/* A booth that is closed for it says so in words of its own. */
static unsigned
held(const struct store_device *d, unsigned says_so)
{
	if ((says_so & bit(CARE_HOST)) != 0)
		return 0;
	switch (d->held) {
	case DEVICE_HELD:
		return 0;
	case DEVICE_HELD_UNSURE:
		return bit(CARE_PUT_BACK);
	case DEVICE_HELD_LESS:
		return bit(CARE_LESS);
	}
	return 0;
}

/* What the device itself says. */
static unsigned
told(const struct health *h, const char *version)
{
	unsigned out = 0;

	for (size_t i = 0; i < sizeof(closed) / sizeof(closed[0]); i++)
		if (is(h->trouble, closed[i].word))
			out |= bit(closed[i].care);
	if (!is(h->reader, "ready") && !is(h->reader, "starting") &&
	    h->reader[0] != 0 && (out & bit(CARE_OFF)) == 0)
		out |= bit(CARE_READER);
	if (h->backlog >= CARE_BACKLOG)
		out |= bit(CARE_BACKLOG_GROWS);
	if (is(h->storage, "low"))
		out |= bit(CARE_DISK_LOW);
	if ((is(h->clock, "unknown") || is(h->clock, "rtc")) &&
	    (out & bit(CARE_CLOCK)) == 0)
		out |= bit(CARE_CLOCK_UNSURE);
	if (h->clock[0] == 0 && h->reader[0] == 0)
		out |= bit(CARE_UPLINK_ALONE);
	if (h->version[0] != 0 && !is(h->version, version))
		out |= bit(CARE_OLD);
	return out;
}

unsigned
care_find(const struct store_device *d, const struct health *h,
    const char *version, int64_t now)
{
	unsigned out = 0, says_so;

	switch (d->state) {
	case DEVICE_REVOKED:
		return d->lost_at == 0 ? bit(CARE_REVOKED) :
		    bit(d->last_seen > d->lost_at ? CARE_HEARD : CARE_LOST);
	case DEVICE_INVITED:
		return bit(now >= d->invited_until ? CARE_INVITE_OVER :
		    CARE_INVITED);
	case DEVICE_ACTIVE:
		break;
	}
	if (d->forked)
		out |= bit(CARE_FORKED);
	/* One that has just enrolled has said nothing yet. */
	if (now - d->last_seen >= CARE_SILENT_SECONDS &&
	    now - d->enrolled_at >= CARE_SILENT_SECONDS)
		out |= bit(CARE_SILENT);
	says_so = h->told ? told(h, version) : bit(CARE_UNTOLD);
	if ((says_so & (bit(CARE_UNTOLD) | bit(CARE_UPLINK_ALONE))) != 0 &&
	    (out & bit(CARE_SILENT)) != 0)
		out ^= bit(CARE_SILENT) | bit(CARE_SILENT_UNBEGUN);
	out |= held(d, says_so);
	return out | ((out & SILENT) != 0 ? says_so & LASTS :
	    says_so);
}

enum care
care_worst(unsigned cares)
{
	int c = 0;

	while (c < CARES && (cares & 1u << c) == 0)
		c++;
	return (enum care)c;
}

bool
care_urgent(unsigned cares)
{
	return care_worst(cares) < CARE_CLOCK_UNSURE;
}

const char *
care_what(enum care c)
{
	return says[c].what;
}

const char *
care_todo(enum care c)
{
	return says[c].todo;
}
