// SPDX-License-Identifier: Apache-2.0
/* What the pages of a sponsor's people share. */
#include "host/portal/sponsor.h"

#include <string.h>

#include "host/store_ack.h"

const char *
sponsor_own(const struct call *c)
{
	return c->me->login.account.sponsor;
}

bool
sponsor_sees_values(const struct call *c)
{
	return access_may(ACT_LEADS, c->me->login.account.role);
}

void
sponsor_who(struct page *p, struct call *c, uint64_t account)
{
	struct account a;
	bw_err r = account_get(c->store, account, &a);

	if (r == BW_OK && strcmp(a.sponsor, sponsor_own(c)) == 0)
		page_value(p, a.name[0] != 0 ? a.name : a.mail);
	else if (r == BW_OK || r == BW_ERR_NOTFOUND)
		say(p, N_("the organisers"));
	else if (p->r == BW_OK)
		p->r = r;
}

/* What has happened, by what is to be done about it. */
static bool
happened(struct page *p, const uint64_t n[static ACK_KINDS], uint64_t held)
{
	const struct { uint64_t n; const char *one, *many; } said[] = {
		{ n[ACK_WITHDRAWN] + n[ACK_UNDONE],
		    N_("%s lead was withdrawn."),
		    N_("%s leads were withdrawn.") },
		{ n[ACK_ERASED], N_("%s lead is to be erased."),
		    N_("%s leads are to be erased.") },
		{ n[ACK_CORRECTED], N_("%s lead was corrected."),
		    N_("%s leads were corrected.") },
		{ n[ACK_WITHHELD] - held, N_("%s lead is withheld for now."),
		    N_("%s leads are withheld for now.") },
		{ held, N_("%s lead is held for review."),
		    N_("%s leads are held for review.") },
		{ n[ACK_RETURNED], N_("%s lead is passed on again."),
		    N_("%s leads are passed on again.") },
	};
	bool any = false;

	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		if (said[i].n == 0)
			continue;
		page_raw(p, any ? " " : "<div class=\"note note-warning owed\" "
		    "role=\"status\">\n<p>");
		say_count(p, said[i].one, said[i].many, said[i].n);
		any = true;
	}
	return any;
}

void
sponsor_banner(struct page *p, struct call *c)
{
	uint64_t n[ACK_KINDS], held = 0;
	bw_err r = store_ack_count(c->store, sponsor_own(c), n);

	if (r == BW_OK && n[ACK_WITHHELD] != 0)
		r = store_ack_held(c->store, sponsor_own(c), &held);
	if (held > n[ACK_WITHHELD])
		held = n[ACK_WITHHELD];

	/* A list that was searched walks far: it is not asked for again by
	 * itself. */
	page_raw(p, c->in->query[0] == 0 && c->in->method == HTTP_GET ?
	    "<div id=\"owed\" data-live>\n" : "<div id=\"owed\">\n");
	if (happened(p, n, held)) {
		page_raw(p, " ");
		say(p, access_may(ACT_ACK, c->me->login.account.role) ?
		    N_("See what to do, and acknowledge it.") :
		    N_("See what to do; your manager acknowledges it."));
		page_raw(p, "</p>\n");
		if (strcmp(c->in->path, "/withdrawals") != 0) {
			page_raw(p, "<a class=\"btn btn-primary\" "
			    "href=\"/withdrawals\">");
			say(p, N_("Show what to do"));
			page_raw(p, "</a>\n");
		}
		page_raw(p, "</div>\n");
	}
	page_raw(p, "</div>\n");
	if (p->r == BW_OK)
		p->r = r;
}
