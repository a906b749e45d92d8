// SPDX-License-Identifier: Apache-2.0
#include "host/words_my.h"

const struct words_my words_my_en = {
	.title = "All that this event has about you",
	.go_back = "Back",
	.intro = "Your registration, your badge and what you shared with "
	    "whom: here you can see it, take a copy, correct it, take it "
	    "back, object, or have it erased.",
	.open_title = "Open your link",
	.open_text = "The link from our mail works once. These pages are open "
	    "to you for 30 minutes then.",
	.open_label = "Link or code from the mail",
	.open_button = "Open",
	.ask_title = "Get a link by mail",
	.ask_text = "Type the address that you registered with, or the code "
	    "of a receipt. The link comes by mail to the registered address "
	    "and is good for one hour.",
	.ask_label = "Your email address, or a receipt's code",
	.ask_button = "Send me a link",
	.ask_wrong = "This is neither an email address nor a receipt's "
	    "code. Please check it and try again.",
	.asked_title = "Please look at your mail",
	.asked_text = "If this event knows this address, a mail with a link "
	    "is on its way. If none has come in ten minutes, look for it in "
	    "your spam folder, or try the address that you registered with. "
	    "More than three mails an hour are not sent.",
	.code_note = "A code from the screen of a booth opens that one share "
	    "and no more, because whoever photographs the screen has it too.",
	.gone_title = "This link is not good any more",
	.gone_text = "It was used already, its time is over, or there is a "
	    "mistake in it. Nothing was changed.",
	.again = "Get a new link",
	.over_title = "These pages are closed",
	.over_text = "They close 30 minutes after you open your link, or "
	    "when you close them. Nothing was changed just now.",
	.until = "Open to you until",
	.shared = "On a machine that others use too, close them when you "
	    "are done: until then whoever uses this browser can open them "
	    "again.",
	.end_button = "Close these pages",
	.ended_title = "Closed",
	.ended_text = "Without a new link nobody can open these pages.",
	.several = "More than one registration has your address. Each stands "
	    "by itself.",
	.show = "Show",
	.reg_title = "Your registration",
	.number = "Number",
	.status = "Status",
	.is = { "Attending", "Cancelled", "Withheld: no booth may read the "
	    "badge", "Under 18: no booth may read the badge", "Erased",
	    "Handed on: no booth may read the badge" },
	.none = "nothing",
	.correct_button = "Correct",
	.correct_title = "Correct your details",
	.correct_text = "Company, job title, work phone and location change "
	    "at once, and sponsors that had the old ones are told. A new name "
	    "or email address is looked at by the event's staff first, so "
	    "that nobody can take your registration over; they answer within "
	    "one month.",
	.save = "Save",
	.corrected = "Corrected. Sponsors that had the old value are told.",
	.wished = "Noted. The event's staff look at it and answer within one "
	    "month.",
	.value_wrong = "This cannot be stored: it is too long, or has "
	    "characters that do not belong there.",
	.shares_title = "What you shared",
	.shares_none = "You shared nothing.",
	.state = "State",
	.lead = {
	    "The sponsor can fetch it",
	    "You undid it at the booth",
	    "You have withdrawn it",
	    "Not passed on: to be checked first",
	    "Its time is over",
	    "Not passed on for now, because of the state of your registration" },
	.withdraw = "Withdraw",
	.withdraw_all = "Withdraw all shares",
	.withdrawn = "Withdrawn. Sponsors do not get it any more, and one "
	    "that had it is told.",
	.stop_title = "No booth may read my badge",
	.object_text = "If you object, every booth refuses your badge as soon "
	    "as it has heard from us, and sponsors cannot fetch what you "
	    "shared. It stays so until you agree again.",
	.object_button = "Object",
	.restrict_text = "A restriction does the same for a while, for "
	    "instance until something is corrected.",
	.restrict_button = "Restrict",
	.objected = "You have objected since",
	.restricted = "Restricted since",
	.lift_button = "End the restriction",
	.agree_button = "Agree again, also to what I shared before",
	.agree_new_button = "Agree again, and withdraw what I shared before",
	.lifted = "Done. If nothing else stands against it, booths may read "
	    "your badge again when you say yes there.",
	.to_erase = "To be erased: no booth may read the badge",
	.object_noted = "Noted: you have objected. Sponsors cannot "
	    "fetch what you shared any more, whoever had it is told not to "
	    "use it, and booths refuse your badge. A mail confirms it. "
	    "Further down you can agree again.",
	.restrict_noted = "Noted: your data is restricted. Sponsors "
	    "cannot fetch what you shared any more, whoever had it is told "
	    "not to use it, and booths refuse your badge. A mail confirms it. "
	    "Further down you can end the restriction.",
	.erase_noted = "Noted: your data is to be erased. Sponsors "
	    "cannot fetch it any more, whoever had it is told not to use it, "
	    "and booths refuse your badge. A mail confirms it. Further down "
	    "it says when it is erased, and there you can call that off.",
	.unchanged = "Nothing was changed: it was so already.",
	.copy_title = "Take a copy",
	.copy_text = "Everything that is stored about you, to read here or as "
	    "files that programs can read.",
	.read = "Read it here",
	.zip = "All files (ZIP)",
	.json = "One file (JSON)",
	.badges_title = "Your badge",
	.on_chip = "On its chip",
	.issued = "Made",
	.retired = "Blocked since",
	.remarks = "What the sponsor noted",
	.rating = "Rating",
	.tags = "Tags",
	.text = "Text",
	.told_title = "What the sponsor was told",
	.told = { "You withdrew it", "You undid it", "It was corrected",
	    "You are to be erased there too",
	    "It is not passed on for now",
	    "It is passed on again" },
	.confirmed = "confirmed",
	.unconfirmed = "not confirmed yet",
	.records_title = "Proof that you agreed",
	.records_text = "The sponsor’s time for these shares is over. "
	    "The event keeps only the record that you agreed and to which "
	    "details, without the details themselves, to be able to show "
	    "it; then it is deleted too.",
	.records_until = "Kept until",
	.exports_title = "What sponsors fetched",
	.exports_text = "Fetched after your share came, so your details may "
	    "be in it.",
	.cases_title = "What you asked for",
	.case_type = { NULL, "Access", "Correction", "Erasure", "Restriction",
	    "Objection", "Transfer of the data", "Withdrawal", "\"That was not me\"",
	    "Complaint", "Security incident", "Something else" },
	.case_state = { "open", "open, extended", "done",
	    "refused", "dropped" },
	.answer_by = "answered by",
	.case_ended = "ended on",
	.case_unmatched = "taken in under your number, but not known to be your request",
	.history_title = "What was done",
	.mails_title = "Mails to you",
	.mail = { NULL, "Link to these pages", "What you shared that day",
	    "Letter", "Security incident" },
	.erase_title = "Erase everything",
	.erase_text = "First you see what will happen.",
	.erase_button = "Erase everything about me",
	.erase_what = {
		"At once: no booth may read your badge, and sponsors cannot "
		"fetch anything of you.",
		"Then: your registration, the values of your badges, and what "
		"sponsors noted about you are deleted for good.",
		"Sponsors that had your details are told at once not to use them, "
		"and then to erase them too.",
		"The devices' logs keep that a share was made, without any "
		"detail of you.",
		"Your name, address and registration number stay in a sealed "
		"record, only so that you are not imported again." },
	.erase_yes = "Erase everything about me",
	.back = "Back, change nothing",
	.planned = "Your data will be erased. Until then you can call it off:",
	.undo = "Do not erase",
	.undone = "Called off. Nothing was erased.",
	.erasing = "The time to call it off is over: your data is being "
	    "erased.",
	.overdue = "Its time has come, and nothing is erased yet: that "
	    "happens within minutes, or as soon as a clock that is in doubt "
	    "has been checked. Until then you can call it off.",
	.erased = "Your data is erased. These pages are closed.",
	.erase_held = "Your data is not erased yet: some of it has to be kept for "
	    "now because of a complaint or a legal claim. Nothing else is done "
	    "with it. When that is over we write to you with the day on which "
	    "it is erased. You may complain to the supervisory authority or go "
	    "to court, and you can still call it off:",
	.held = "Something has to be kept for now, for instance for a "
	    "complaint or a lawsuit. The event's staff will tell you why.",
	/* What was given to authorities, of the copy. */
	.disclosed_title = "Given to authorities and others",
	.disclosed_to = "To whom",
	.disclosed_why = "Why",
	.disclosed_what = "What was given",
	.disclosed_on = "On what basis",
	.disclosed_basis = { NULL,
	    "A law demands it",
	    "An order of a court or an authority",
	    "To protect somebody’s life or body",
	    "For a legal claim" },
	/* Before a number, before a time. */
	.case_number = "The number of your request:",
	.erase_until = "Until this time you can call it off, and nothing is "
	    "deleted before:",
	/* A receipt in place of an address. */
	.all_text = "A link to everything comes by mail to the address that "
	    "you registered with. The code of this receipt alone opens no "
	    "more than this page.",
	.all_button = "All that this event has about me",
	.all_asked = "If this event has this share and knows whose it is, a "
	    "mail with a link is on its way to the address registered for "
	    "that person. If none has come in ten minutes, look for it in "
	    "your spam folder. More than three mails an hour are not sent.",
};
