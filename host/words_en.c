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
	.odd_title = "That did not work",
	.odd_text = "Your browser sent something that does not fit "
	    "this address. Please go back, load the page "
	    "again and try once more.",
	.name_title = "This host has another name",
	.name_text = "These pages are at another address. Please use "
	    "this one:",
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
	.field = { NULL, "Name", "Email", "Company", "Job title",
	    "Work phone", "Location" },
	.live = "The sponsor can fetch these details.",
	.undone = "You undid this share at the booth. The sponsor does not "
	    "get these details.",
	.withdrawn = "You have withdrawn this share. The sponsor does not "
	    "get these details any more.",
	.held = "This share is not passed on: something about it has to be "
	    "checked first. You can withdraw it all the same.",
	.checked = "This share is not passed on for now: something about it "
	    "has to be checked first. If the sponsor had it before, it has "
	    "been told not to use it until then. You can withdraw it all the "
	    "same.",
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
	.proof_text = "For you to keep: a receipt of this consent, on paper "
	    "and for programs, and a proof that it stands in the device's "
	    "signed log.",
	.proof_receipt = "Receipt (JSON-LD)",
	.proof_log = "Proof (tlog-proof)",
	.back = "Another code",
	.month = { "January", "February", "March", "April", "May", "June",
	    "July", "August", "September", "October", "November",
	    "December" },
	.date = "%d %s %d",

	/* The receipt, the public page, and the check of a proof. */
	.read_title = "What you read on the screen",
	.read_lost = "The wording is not kept any more.",
	.version = "Version of the policy",
	.proof_paper = "Receipt (PDF)",
	.proof_check = "Check a proof",
	.paper_title = "Receipt of a consent",
	.paper_made = "Made on",
	.paper_state = "State",
	.paper_code = "To see or withdraw this share, open %s and give the "
	    "code from the booth's screen. The code is not on this paper, so "
	    "that whoever has the paper cannot withdraw.",
	.pub_title = "What this event collects",
	.pub_track = "This page sets no cookies, counts nobody and asks for "
	    "no log-in.",
	.pub_none = "No policy is in force yet. Nobody may ask you for "
	    "anything.",
	.pub_who = "Who is responsible",
	.pub_controller = "Responsible for the event",
	.pub_contact = "Data protection contact",
	.pub_complaint = "Complaints",
	.pub_complain = "You can also complain to a data protection authority "
	    "where you live, where you work or where it happened.",
	.pub_what = "What is collected",
	.pub_fields = "At registration the event gets what you enter there. "
	    "Of this, sponsors may be given these details and no others:",
	.pub_booth = "At a booth, only after you have said yes on the screen: "
	    "with which sponsor you shared, which of these details, when, in "
	    "which language and with which badge. The details themselves are "
	    "not in the device's log.",
	.pub_no = "If you say no or do not answer, this is only counted. "
	    "Nobody records who you are.",
	.pub_how = "Who processes it",
	.pub_how_text = "The event keeps registrations and shares. Each "
	    "sponsor gets only what you have shared with it, and is itself "
	    "responsible for it.",
	.pub_kept = "How long it is kept",
	.pub_kept_text = "Each sponsor may keep a share for the time that is "
	    "given below, and has to delete it then.",
	.day = "%llu day",
	.days = "%llu days",
	.pub_rights = "Your rights",
	.pub_rights_text = "You can see and withdraw each share at any time, "
	    "without logging in, with the code from the booth's screen.",
	.pub_rights_ask = "To see, correct or delete what is kept about you, "
	    "ask the event or the sponsor.",
	.pub_sponsors = "Sponsors that may ask you",
	.pub_always = "Always with a share",
	.pub_ticked = "Only if you tick it",
	.pub_valid = "In force",
	.chk_text = "A proof is the file share.tlog-proof that the page of "
	    "your share gives. It is checked here, in your browser: nothing "
	    "is sent anywhere, and once this page is open it needs no network. "
	    "Taken as well is the copy of all that "
	    "the event has about you (ZIP or about-me.json). "
	    "A proof that is right does not say that the share "
	    "was not withdrawn since.",
	.chk_file = "Proof file",
	.chk_paste = "Or paste the proof here",
	.chk_keys = "Keys to check with, one a line",
	.chk_keys_text = "These keys come from this very host. A host that "
	    "cheats could show false ones, so this proves less than keys that "
	    "you got elsewhere, for example from the event's printed "
	    "programme: put those here instead.",
	.chk_button = "Check",
	.chk_cannot = "This browser cannot check here: that needs scripts and "
	    "a secure connection (https).",
	.chk_unread = "This file cannot be read. It may have been "
	    "changed or be gone: choose it again.",
	.chk_right = "The proof is right.",
	.chk_wrong = "The proof is wrong.",
	.chk_none = "This is no proof.",
	.chk_jsonld = "It is the receipt for programs (receipt.jsonld). It "
	    "is not signed, so there is nothing in it to check.",
	.chk_pdf = "It is a PDF. The receipt on paper is not signed, so "
	    "there is nothing in it to check.",
	.chk_else = "It is something else, for example a receipt's code or "
	    "another file.",
	.chk_copy =
	    "It is the copy of all that an event has about you "
	    "(about-me.json). The copy itself is not signed; what "
	    "can be checked in it is the proof of each share: that the "
	    "device recorded a share under this number. It does not "
	    "prove the sponsor’s name or the other values beside it.",
	.chk_unproved =
	    "There is no proof of this share in the copy: its "
	    "device had sent none when the copy was made.",
	.chk_not_its = "This is the proof of another entry, not of this share.",
	.chk_again = "This is no share, or one that the copy has already "
	    "named above.",
	.chk_zip = "This ZIP cannot be opened here. Unpack it, and choose the "
	    "file about-me.json that was in it.",
	.chk_choose = "Choose the file share.tlog-proof: the page of your "
	    "share gives it as “Proof (tlog-proof)”.",
	.chk_format = "It is a whole proof of the known form.",
	.chk_entry = "The entry in it is whole and has the number that the "
	    "proof names.",
	.chk_tree = "The entry is in the log that was signed.",
	.chk_log = "The device has signed the log, with its key.",
	.chk_host = "The host has signed that it saw the log like this.",
	.chk_nokey = "There is no key of this log among the keys.",
	.chk_nohost = "There is no key of this log's host among the keys, so "
	    "the host's signature was not checked.",
	.chk_own = "The keys came from this host: this proves less than keys "
	    "from elsewhere.",
	.chk_given = "The keys are those that you gave.",
	.chk_origin = "Log",
	.chk_number = "Entry",
	.chk_kind = "Kind",
	.chk_share = "Share",
	.chk_other = "Not a share",
	.chk_size = "Entries in the log",
	.chk_seen = "Seen by the host",
	.chk_commit = "Fingerprint",
	.chk_commit_text = "Of what was shared the proof holds only this "
	    "salted fingerprint. It cannot be read from it.",
	.ret_host = "The event itself keeps, at most:",
	.ret_registrations = "What you gave at registration",
	.ret_shares = "Shares",
	.ret_logs = "What the devices recorded of a share",
	.ret_deleted = "A note that you were deleted",
	.ret_cases = "Your requests and their answers",
	.ret_event = "from the end of the event or of the last sponsor's "
	    "period",
	.ret_period = "from the end of the sponsor's period",
	.ret_erasure = "from the deletion or the end of the event",
	.ret_answer = "from the answer",
	.ret_mail = "Mail that was sent to you",
	.ret_disclosures = "What was given out about you to an authority or "
	    "a court",
	.ret_incidents = "Reports of incidents, without names",
	.ret_exports = "Which sponsor or program was given which files",
	.ret_salts = "Which rows of the event's record are about you",
	.ret_sent = "from the sending",
	.ret_disclosed = "from the giving out, or the day on which you may "
	    "be told",
	.ret_closed = "from the closing of the report",
	.ret_exported = "from the export",
	.ret_held = "Longer only while a dispute or a duty by law needs it: "
	    "what it is about stays until that is over.",
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
	.daily_sure = "If somebody else held your badge there, say so. This share is "
	    "withdrawn, and the organisers look into it. Until they have, "
	    "everything that this device recorded in the same quarter of "
	    "an hour is held back from its sponsor, other people’s "
	    "shares too. If it was you and you want it back, withdraw it "
	    "instead.",
	.daily_sure_yes = "Yes, that was not me",
	.daily_disowned = "Withdrawn: you told us that it was not you",
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
	/* Staff. */
	.staff_login = "Log-in for staff and sponsors",
};
