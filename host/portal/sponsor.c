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

void
sponsor_banner(struct page *p, struct call *c)
{
	uint64_t n = 0;
	bw_err r = store_ack_count(c->store, sponsor_own(c), &n);

	/* A list that was searched walks far: it is not asked for again by
	 * itself. */
	page_raw(p, c->in->query[0] == 0 && c->in->method == HTTP_GET ?
	    "<div id=\"owed\" data-live>\n" : "<div id=\"owed\">\n");
	if (n != 0) {
		page_raw(p, "<div class=\"note note-warning owed\" "
		    "role=\"status\">\n<p>");
		say_count(p, N_("%s lead was withdrawn or corrected. See what "
		    "to do, and acknowledge it."), N_("%s leads were "
		    "withdrawn or corrected. See what to do, and acknowledge "
		    "them."), n);
		page_raw(p, "</p>\n<a class=\"btn btn-primary\" "
		    "href=\"/withdrawals\">");
		say(p, N_("Show what to do"));
		page_raw(p, "</a>\n</div>\n");
	}
	page_raw(p, "</div>\n");
	if (p->r == BW_OK)
		p->r = r;
}
