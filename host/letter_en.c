// SPDX-License-Identifier: Apache-2.0
#include "host/letter_words.h"

const struct letter_words letter_en = {
	.lang = "en",
	.dear = "Dear {person},",
	.hello = "Hello,",
	.regards = "Kind regards\nThe organisers of {event}",
	.contact = "Questions? Write to {contact}.",
	.complain = "You have the right to complain to the supervisory "
	    "authority, and to go to court:\n{complain}",
	.may_complain = "You have the right to complain to the supervisory "
	    "authority, and to go to court.",
	.comma = ", ",
	.booth = "booth ",
	.unknown = "not known",
	.later = "What has become of it later is shown at the link below.",
	.again = "It was held until it had been checked. It is passed on "
	    "again.",
	.type = {
		[LETTER_OF_OTHER] = "about your data",
		[LETTER_OF_ACCESS] = "access to your data",
		[LETTER_OF_CORRECTION] = "correction of your data",
		[LETTER_OF_ERASURE] = "erasure of your data",
		[LETTER_OF_RESTRICTION] = "restriction of what is done with "
		    "your data",
		[LETTER_OF_PORTABILITY] = "your data in a portable form",
		[LETTER_OF_OBJECTION] = "objection",
		[LETTER_OF_WITHDRAWAL] = "withdrawal of a share",
		[LETTER_OF_NOT_ME] = "a share that was not yours",
		[LETTER_OF_DISCLOSURE] = "to whom your data was disclosed",
	},
	.subject = {
		[LETTER_LINK] = "Your link: {event}",
		[LETTER_SHARES] = "What you shared: {event}",
		[LETTER_RECEIVED] = "We have your request {number}: {event}",
		[LETTER_EXTENDED] =
		    "Your request {number} takes longer: {event}",
		[LETTER_REFUSED] = "Your request {number} was refused: {event}",
		[LETTER_DONE] = "Your request {number} is done: {event}",
		[LETTER_COPY] = "The copy of your data is ready: {event}",
		[LETTER_ERASE_PLANNED] = "Your data will be erased: {event}",
		[LETTER_ERASE_UNDONE] =
		    "Your data will not be erased: {event}",
		[LETTER_OBJECTION] = "Your objection is in force: {event}",
		[LETTER_RESTRICTED] =
		    "The restriction is in force: {event}",
		[LETTER_UNRESTRICTED] = "The restriction ends: {event}",
		[LETTER_BREACH] = "What happened to your data: {event}",
		[LETTER_NO_DISCLOSURE] =
		    "No disclosure of your data: {event}",
		[LETTER_DROPPED] = "Your request {number} was dropped: {event}",
		[LETTER_ERASE_HELD] = "We cannot erase your data yet: {event}",
		[LETTER_AGREED] = "Your objection is taken back: {event}",
		[LETTER_AGREED_NEW] = "Your objection is taken back: {event}",
	},
	.text = {
		[LETTER_LINK] = "somebody, most likely you, asked to see "
		    "what {event} has about you. This link shows it:\n\n"
		    "{link}\n\n"
		    "It works once, within {minutes} minutes. Please do not "
		    "pass it on.\n\n"
		    "If it was not you, you need not do anything.",
		[LETTER_SHARES] = "this is what was shared from your badge "
		    "at {event} since our last mail, or is now passed on again:\n\n"
		    "{shares}\n\n"
		    "The values themselves are not in this mail. To look at "
		    "these shares, to withdraw one, or to say that it was "
		    "not you:\n{link}\n\n"
		    "You get this mail at most once a day, and only when "
		    "there is something to tell. To get no more of them:\n"
		    "{optout}",
		[LETTER_RECEIVED] = "we have received your request "
		    "({type}). Its number is {number}.\n\n"
		    "You will have our answer by {date} at the latest.",
		[LETTER_EXTENDED] = "your request number {number} ({type}) "
		    "takes us longer than one month. You will have our "
		    "answer by {date} at the latest.\n\n"
		    "The reason:\n{reason}",
		[LETTER_REFUSED] = "we cannot do what you asked for in your "
		    "request number {number} ({type}).\n\n"
		    "The reason:\n{reason}",
		[LETTER_DONE] = "your request number {number} ({type}) is "
		    "done.\n\n"
		    "{reason}",
		[LETTER_COPY] = "the copy of your data that you asked for "
		    "(request number {number}) is ready.\n\n"
		    "You will find it here:\n{link}\n\n"
		    "It is kept there until {date}.",
		[LETTER_ERASE_PLANNED] = "as you asked (request number "
		    "{number}), we shall erase your data on {date} at {time}. From "
		    "now on your badge no longer works.\n\n"
		    "Until then you can call it off: have a link mailed to you "
		    "by the page below, “{page}”, and press “{undo}” there. Or "
		    "tell us. Afterwards nothing can be undone.\n{link}\n\n"
		    "This is our last mail about it. Sponsors that have some of "
		    "your data are told to erase it too. We keep your name, mail "
		    "address and registration number, apart from all else, only "
		    "so that you are not registered again by mistake; the "
		    "event's privacy page says for how long.",
		[LETTER_ERASE_UNDONE] = "as you asked (request number "
		    "{number}), your data will not be erased.",
		[LETTER_OBJECTION] = "your objection (request number "
		    "{number}) is in force. Nothing of yours goes to "
		    "sponsors any more, and your badge is not read.",
		[LETTER_RESTRICTED] = "the restriction that you asked for "
		    "(request number {number}) is in force. Your data is "
		    "kept, and nothing else is done with it.",
		[LETTER_UNRESTRICTED] = "the restriction on your data "
		    "(request number {number}) ends on {date}.",
		[LETTER_BREACH] = "we have to tell you that something "
		    "happened to your data at {event}.\n\n"
		    "What happened:\n{reason}\n\n"
		    "When: {when}\n\n"
		    "At which booth: {booth}\n\n"
		    "Which of your data: {fields}\n\n"
		    "What may come of it:\n{likely}\n\n"
		    "What we have done and are doing:\n{done}\n\n"
		    "What you can do:\n{advice}",
		[LETTER_NO_DISCLOSURE] = "you asked whether your data went "
		    "to an authority (request number {number}). It did not.",
		[LETTER_DROPPED] = "we have dropped your request number {number} "
		    "({type}): nothing more is done for it.\n\n"
		    "The reason:\n{reason}",
		[LETTER_ERASE_HELD] = "you asked us to erase your data (request number "
		    "{number}). We cannot do that yet: some of it has to be kept for "
		    "now because of a complaint or a legal claim (Article 17(3)(e) "
		    "GDPR).\n\n"
		    "Nothing else is done with it: your badge does not work, and "
		    "sponsors get nothing of yours. When that reason no longer "
		    "holds we shall erase your data, and write to you "
		    "beforehand with the day.\n\n"
		    "You can still call it off: have a link mailed to you by the "
		    "page below, “{page}”, and press “{undo}” there. Or tell "
		    "us.\n{link}",
		[LETTER_AGREED] =
		    "as you asked, your objection (request number "
		    "{number}) is no longer in force, and your badge can "
		    "be read again. What you shared before goes to its "
		    "sponsors again.",
		[LETTER_AGREED_NEW] =
		    "as you asked, your objection (request number "
		    "{number}) is no longer in force, and your badge can "
		    "be read again. What you shared before is withdrawn, "
		    "and its sponsors are told to delete it.",
	},
};
