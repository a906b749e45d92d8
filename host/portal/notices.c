// SPDX-License-Identifier: Apache-2.0
#include "host/portal/notices.h"

#include <string.h>

static const struct { const char *word, *sentence; } notices[] = {
	{ "saved", N_("Saved.") },
	{ "accepted", N_("Your password is set. Log in with it now.") },
	{ "out", N_("You are logged out.") },
	{ "password", N_("Your password is changed. Your other logins were "
	    "ended.") },
	{ "ended", N_("The login was ended.") },
	{ "revoked", N_("The token was revoked.") },
	{ "unlocked", N_("Your second factor was removed.") },
	{ "role", N_("The role was changed, and the person's logins were "
	    "ended. Invitations that the person made and nobody has accepted "
	    "are good for nothing.") },
	{ "role-link", N_("The role was changed. The link that was sent is good "
	    "for nothing: make a new one.") },
	{ "disabled", N_("The account is disabled, and its logins and its "
	    "tokens were ended. Invitations that it made and nobody has "
	    "accepted are good for nothing.") },
	{ "enabled", N_("The account is enabled. Its tokens stay ended: who "
	    "needs one makes a new one.") },
	{ "draft", N_("Saved in the draft.") },
	{ "discarded", N_("The draft was discarded.") },
	{ "installed", N_("The draft was installed. Devices get it when they "
	    "next ask.") },
	{ "word", N_("Nothing was changed: the word was not typed as it "
	    "stands there.") },
	{ "faster", N_("Nothing was changed: somebody else has changed the "
	    "draft meanwhile. Look at it and try again.") },
	{ "acknowledged", N_("Acknowledged. It is kept who did and when.") },
	{ "logins", N_("All logins of this person were ended.") },
	{ "device-revoked", N_("The device is revoked: it gets no policy any "
	    "more, and what it sends from now on is kept apart.") },
	{ "device-lost", N_("The device is revoked and listed as lost.") },
	{ "device-found", N_("The device is not listed as lost any more. It "
	    "stays revoked: reassign it to use it again.") },
	{ "otherwise", N_("Nothing was changed: it has changed meanwhile.") },
	{ "withheld", N_("The registration is withheld. To undo it, release "
	    "it below.") },
	{ "withheld-wish", N_("The registration is withheld.") },
	{ "mail-again", N_("It is sent again.") },
	{ "released", N_("The registration is released.") },
	{ "imported", N_("The file was applied, and removed. What it did "
	    "stands below.") },
	{ "case-match", N_("It is noted whose case this is.") },
	{ "case-other", N_("Nothing was changed: the share that this case is "
	    "about is not this person's.") },
	{ "case-held-too", N_("Nothing was changed: another case that is open "
	    "holds it too. It can be released when that is closed.") },
	{ "case-act", N_("It is done, and stands among the steps.") },
	{ "case-done", N_("The case is closed: done.") },
	{ "case-refused", N_("The case is closed: refused.") },
	{ "case-dropped", N_("The case is closed: dropped.") },
	{ "case-extended", N_("The case is extended.") },
	{ "case-late", N_("Nothing was changed: its first month is over.") },
	{ "case-unshown", N_("Nothing was changed: it was not shown yet that "
	    "who asks is this person.") },
	{ "hold-lifted", N_("The hold is lifted.") },
	{ "recorded", N_("The disclosure is recorded.") },
	{ "clock", N_("The clock is believed. What is over goes tonight, and "
	    "erasures that are due take effect.") },
	{ "day", N_("Nothing was changed: the day was not typed as it stands "
	    "there.") },
	{ "letters", N_("The letters are queued.") },
	{ "once", N_("This form was sent already and counts once. What was "
	    "shown then is not shown again: if you do not have it, make a new "
	    "one.") },
	{ "file-discarded", N_("The file was removed; nothing was changed.") },
};

static const char *
kind(const char *sentence)
{
	static const char refused[] = "Nothing was changed";

	return strncmp(sentence, refused, sizeof(refused) - 1) == 0 ?
	    "danger" : "success";
}

void
notices_show(struct page *p, const struct call *c)
{
	char word[24];

	if (http_param(c->in, "done", word, sizeof(word)) != BW_OK)
		return;
	for (size_t i = 0; i < sizeof(notices) / sizeof(notices[0]); i++)
		if (strcmp(notices[i].word, word) == 0)
			layout_note(p, kind(notices[i].sentence),
			    notices[i].sentence);
}
