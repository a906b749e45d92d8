// SPDX-License-Identifier: Apache-2.0
#include "host/words.h"

const struct words words_en = {
	.lang = "en",
	.own = "English",
	.home_title = "Badgeward",
	.home_text = "At this event, sponsors ask before they scan your "
	    "badge. You decide what they get, and you can take it back.",
	.home_receipt = "See or withdraw a share",
	.home_badge = "What is on my badge?",
	.missing_title = "There is nothing here",
	.missing_text = "This address does not exist.",
	.badge_title = "What is on your badge?",
	.badge_text = {
		"Your badge has a small chip that can be read from a few "
		"centimetres away.",
		"What you gave at registration is on it in encrypted form. "
		"A phone that reads it sees this page's address and nothing "
		"about you.",
		"A sponsor's device can open only the fields that the event "
		"allows that sponsor, and it reads your badge only after you "
		"have said yes on its screen.",
		"Saying no costs you nothing, and nobody records who you are "
		"when you do.",
	},
	.ask_title = "See what you shared",
	.ask_text = "After a share, the screen at the booth showed a QR code. "
	    "Scan it with your phone. Or type or paste the code here: it "
	    "stands at the end of the address in the QR code.",
	.ask_label = "Your code",
	.ask_button = "Show my share",
	.ask_hint = "26 letters and digits; hyphens and blanks do not matter.",
	.bad_code = "This is not a whole code. It has 26 letters (A to Z) "
	    "and digits (2 to 7). Please check it and try again.",
	.secret = "Whoever has this code can see this page and withdraw the "
	    "share.",
	.shared_with = "You shared with %s",
	.what = "What you shared",
	.when = "When",
	.kept = "Kept for at most",
	.kept_day = "%llu day, until ",
	.kept_days = "%llu days, until ",
	.kept_end = "",
	.country = "Country",
	.purpose = "What for",
	.contact = "Contact",
	.privacy = "Privacy policy",
	.event = "Event",
	.reference = "Reference",
	.no_values = "The details themselves are not shown here.",
	.field = { NULL, "Name", "Email address", "Company", "Job title",
	    "Work phone", "Location" },
	.live = "The sponsor can fetch these details.",
	.undone = "You undid this share at the booth. The sponsor does not "
	    "get these details.",
	.withdrawn = "You have withdrawn this share. The sponsor does not "
	    "get these details any more.",
	.held = "This share is not passed on: something about it has to be "
	    "checked first. You can withdraw it all the same.",
	.over = "The time for which the sponsor may keep these details is "
	    "over. It cannot fetch them any more and has to delete what it "
	    "has.",
	.withdraw_title = "Changed your mind?",
	.withdraw_text = "Withdrawing is final. If the sponsor has fetched "
	    "your details already, it has to delete them; its contact is "
	    "above.",
	.withdraw_button = "Withdraw this share",
	.withdrawn_title = "Withdrawn",
	.withdrawn_text = "This share is withdrawn. You need do nothing "
	    "else.",
	.unknown_title = "This share has not arrived yet",
	.unknown_text = "The device at the booth may send it later, or the "
	    "code has a mistake in it. You need not wait: withdraw now, and "
	    "the share will count as withdrawn as soon as it arrives.",
	.unknown_button = "Withdraw it now",
	.pending_title = "Noted",
	.pending_text = "If a share with this code arrives within 30 days, "
	    "it is withdrawn at once and the sponsor never gets it.",
	.slow_title = "Too many attempts",
	.slow_text = "Please wait a little and try again.",
	.busy_title = "One moment, please",
	.busy_text = "The host is very busy just now and could not look for your "
	    "share yet. Please try again in a few seconds.",
	.failed_title = "That did not work",
	.failed_text = "Nothing was changed. Please try again in a moment.",
	.proof_title = "Keep a record",
	.proof_text = "Two files for you to keep: a receipt of this consent, "
	    "and a proof that it stands in the device's signed log.",
	.proof_receipt = "Receipt (JSON-LD)",
	.proof_log = "Proof (tlog-proof)",
	.back = "Another code",
	.month = { "January", "February", "March", "April", "May", "June",
	    "July", "August", "September", "October", "November",
	    "December" },
	.date = "%d %s %d",
	/* The daily mail's pages. */
	.daily_title = "What was shared",
	.daily_ask = "This page shows the shares that our mail told you of. "
	    "Open the link in the mail, or type its code here.",
	.daily_none = "This link is not good any more: its time is over, or "
	    "it was mistyped.",
	.daily_withdraw = "Withdraw",
	.daily_notme = "That was not me",
	.daily_hint = "“That was not me” withdraws a share and asks the "
	    "organisers to look into it.",
	.daily_noted_title = "Thank you for telling us",
	.daily_noted = "This share is withdrawn, and the organisers look into "
	    "it. What the same device recorded around that time is held "
	    "until they have.",
	.daily_stop_title = "No more daily mails",
	.daily_stop = "Shall we stop telling you by mail what was shared from "
	    "your badge? Shares stay as they are, and you can still "
	    "withdraw them.",
	.daily_stop_button = "Stop these mails",
	.daily_stopped_title = "No more daily mails",
	.daily_stopped = "You will get no more of these mails.",
};
