// SPDX-License-Identifier: Apache-2.0
#include "host/portal/people.h"

#include <stdio.h>
#include <string.h>

#include "host/portal/form.h"
#include "host/route.h"

struct typed {
	struct people_who who;
	char role[24], sponsor[TEXT_ID_MAX + 1];
	const char *role_fault;
	struct proof_faults proof;
};

static const char role_fault[] = N_("A sponsor's roles need a sponsor, the "
    "others have none.");
static const char no_sponsor[] = N_("There is no such sponsor.");

/* A role, and a sponsor if it is one of a sponsor's. */
static bool
take_role(const struct call *c, enum account_role *role,
    char sponsor[static TEXT_ID_MAX + 1])
{
	char name[24];

	form_value(c, "role", name, sizeof(name));
	form_value(c, "sponsor", sponsor, TEXT_ID_MAX + 1);
	return account_role_parse(name, role) == BW_OK &&
	    account_role_has_sponsor(*role) == (sponsor[0] != 0);
}

const char *
people_state(enum account_state st)
{
	static const char *const states[] = { N_("invited"), N_("active"),
		N_("disabled") };

	return states[st];
}

static bw_err
row(void *arg, const struct account *a)
{
	struct page *p = arg;
	char href[48];

	snprintf(href, sizeof(href), "/people/%llu",
	    (unsigned long long)a->id);
	table_row(p);
	page_raw(p, "<th scope=\"row\"><a href=\"");
	page_text(p, href);
	page_raw(p, "\">");
	page_value(p, a->mail);
	page_raw(p, "</a></th>");
	table_value(p, a->name);
	table_cell(p);
	say(p, layout_role(a->role));
	table_value(p, a->sponsor);
	table_cell(p);
	say(p, people_state(a->state));
	table_cell(p);
	say(p, a->second ? N_("yes") : N_("no"));
	table_time(p, a->last_login);
	return p->r;
}

void
people_who_fields(struct page *p, const struct people_who *who)
{
	form_input(p, &(struct form_field){ .name = "mail", .type = "email",
	    .label = N_("Mail address"), .value = who->mail,
	    .error = who->mail_fault, .most = ACCOUNT_MAIL_MAX });
	form_input(p, &(struct form_field){ .name = "name",
	    .label = N_("Name"), .value = who->name, .optional = true,
	    .error = who->name_fault, .most = ACCOUNT_NAME_MAX });
}

bool
people_who_take(const struct call *c, struct people_who *out)
{
	bool mail = form_value(c, "mail", out->mail, sizeof(out->mail));
	bool name = form_value(c, "name", out->name, sizeof(out->name));

	if (!mail || !account_mail_ok(out->mail))
		out->mail_fault = N_("This is no mail address that can be "
		    "used.");
	if (!name || !account_name_ok(out->name))
		out->name_fault = N_("This name is too long or no clean "
		    "text.");
	return out->mail_fault == NULL && out->name_fault == NULL;
}

void
people_role_fields(struct page *p, struct call *c, const char *role,
    const char *sponsor, const char *error)
{
	struct form_field f = { .name = "role", .label = N_("Role"),
		.value = role };

	form_select_begin(p, &f);
	for (unsigned i = 0; i < ACCOUNT_ROLES; i++)
		form_option(p, &f, account_role_name(i),
		    catalogue_find(p->w->lang, layout_role(i)));
	form_select_end(p, &f);
	form_sponsor(p, c, &(struct form_field){ .name = "sponsor",
	    .label = N_("Sponsor"),
	    .hint = N_("For the two roles of a sponsor."),
	    .value = sponsor, .optional = true, .error = error });
}

static void
list(struct call *c, unsigned status, const struct typed *t)
{
	static const char *const heads[] = { N_("Mail address"), N_("Name"),
		N_("Role"), N_("Sponsor"), N_("State"), N_("Second factor"),
		N_("Last login"), NULL };
	struct page p;
	bw_err r;

	layout_begin(&p, c, status, N_("People"));
	table_begin(&p, N_("People"), heads);
	r = account_each(c->store, NULL, row, &p);
	table_end(&p);
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, "/tokens", N_("API tokens of all"));
	page_raw(&p, "</p>\n");
	say_in(&p, "h2", N_("Invite somebody"));
	form_begin(&p, c, "/people", false);
	people_who_fields(&p, &t->who);
	people_role_fields(&p, c, t->role, t->sponsor, t->role_fault);
	proof_fields(&p, c, &t->proof);
	form_end(&p, N_("Make the link"));
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
}

void
people_list(struct call *c)
{
	struct typed t = { .role = "" };

	/* A sponsor's page leads here with these filled in. */
	if (http_param(c->in, "role", t.role, sizeof(t.role)) != BW_OK ||
	    http_param(c->in, "sponsor", t.sponsor, sizeof(t.sponsor)) !=
	    BW_OK)
		t.role[0] = t.sponsor[0] = 0;
	list(c, 200, &t);
}

void
people_link(struct call *c, const char *mail, const char *code,
    const char *back)
{
	char link[ACCOUNT_LINK_MAX];
	struct page p;

	account_link(c->host->dir, code, link);
	layout_begin(&p, c, 200, N_("The link"));
	page_raw(&p, "<p>");
	say_value(&p, N_("Send this to %s, and to nobody else. It is good "
	    "once, for seven days, and is not shown again."), mail);
	page_raw(&p, "</p>\n<p><code class=\"secret\" id=\"link\">");
	page_text(&p, link);
	page_raw(&p, "</code></p>\n<p>");
	layout_link(&p, back, N_("Back to the list"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
	c->shown_once = back;
	explicit_bzero(link, sizeof(link));
}

/* What was typed, and that who typed it is who it seems: last, so that no code
 * is used up for what is refused. false: the answer is filled in. */
static bool
taken(struct call *c, struct typed *t, struct account_new *in)
{
	bool who = people_who_take(c, &t->who);

	form_value(c, "role", t->role, sizeof(t->role));
	if (!take_role(c, &in->role, t->sponsor))
		t->role_fault = role_fault;
	else if (who && proof_given(c, &t->proof))
		return true;
	if (!who || t->role_fault != NULL || t->proof.password != NULL ||
	    t->proof.code != NULL)
		list(c, 422, t);
	return false;
}

void
people_invite(struct call *c)
{
	char code[ACCOUNT_CODE_SIZE];
	struct typed t = { .role = "" };
	struct account_new in = { t.who.mail, t.who.name, ROLE_SCANNER,
		t.sponsor, NULL };
	uint64_t id;
	bw_err r;

	if (!taken(c, &t, &in))
		return;
	r = account_invite(c->store, c->me->actor, &in, c->now, &id, code);
	if (r == BW_OK)
		people_link(c, t.who.mail, code, "/people");
	else if (r == BW_ERR_EXISTS || r == BW_ERR_ARG) {
		if (r == BW_ERR_EXISTS)
			t.who.mail_fault = N_("This address has an account "
			    "already.");
		else
			t.role_fault = no_sponsor;
		list(c, 422, &t);
	} else
		layout_failure(c, r);
	explicit_bzero(code, sizeof(code));
}

struct managers {
	uint64_t but;			/* an account that does not count */
	size_t n;
};

static bw_err
manager(void *arg, const struct account *a)
{
	struct managers *m = arg;

	m->n += a->role == ROLE_MANAGER && a->state == ACCOUNT_ACTIVE &&
	    a->id != m->but;
	return BW_OK;
}

/* Nobody else could acknowledge, invite and make tokens there. */
static void
last_manager(struct page *p, struct call *c, const struct account *a)
{
	struct managers m = { a->id, 0 };
	bw_err r;

	if (a->role != ROLE_MANAGER || a->state != ACCOUNT_ACTIVE)
		return;
	r = account_each(c->store, a->sponsor, manager, &m);
	if (r == BW_OK && m.n == 0)
		layout_note(p, "warning", N_("This is the only manager of its "
		    "sponsor: disabled, nobody there can acknowledge what was "
		    "withdrawn, invite others or make tokens. Invite another "
		    "one first."));
	if (r != BW_OK && p->r == BW_OK)
		p->r = r;
}

static void
acts(struct page *p, struct call *c, const struct account *a)
{
	char to[64];
	int n = snprintf(to, sizeof(to), "/people/%llu/",
	    (unsigned long long)a->id);
	char *end = to + n;

	last_manager(p, c, a);
	page_raw(p, "<div class=\"acts\">\n");
	snprintf(end, 16, "logins");
	form_danger(p, c, to, N_("End all logins"), N_("The person has to log "
	    "in again, on all devices."), NULL);
	snprintf(end, 16, "reset");
	if (a->state != ACCOUNT_DISABLED) {
		page_raw(p, "<p class=\"no-paper\">");
		layout_link(p, to, N_("Make a new link"));
		page_raw(p, "</p>\n");
	}
	snprintf(end, 16, a->state == ACCOUNT_DISABLED ? "enable" :
	    "disable");
	if (a->state == ACCOUNT_DISABLED)
		form_button(p, c, to, N_("Enable the account"));
	else
		form_danger(p, c, to, N_("Disable the account"), N_("The "
		    "person is logged out and cannot log in until you enable "
		    "the account again; its tokens end, and so do invitations "
		    "that it made."), NULL);
	page_raw(p, "</div>\n");
}

static void
show(struct call *c, unsigned status, const struct account *a,
    const char *error, const struct proof_faults *f)
{
	char action[64];
	struct page p;

	layout_begin(&p, c, status, N_("A person's account"));
	page_raw(&p, "<p>");
	page_value(&p, a->mail);
	if (a->name[0] != 0) {
		page_raw(&p, " · ");
		page_value(&p, a->name);
	}
	page_raw(&p, "</p>\n");
	say_in(&p, "h2", N_("Role"));
	snprintf(action, sizeof(action), "/people/%llu/role",
	    (unsigned long long)a->id);
	form_begin(&p, c, action, false);
	people_role_fields(&p, c, account_role_name(a->role), a->sponsor,
	    error);
	proof_fields(&p, c, f);
	form_end(&p, N_("Change the role"));
	say_in(&p, "h2", N_("Account"));
	acts(&p, c, a);
	layout_end(&p, c);
}

/* Whose page it is; false: the answer is filled in. */
static bool
person(struct call *c, struct account *a)
{
	uint64_t id;
	bw_err r = layout_id(c, &id);

	if (r == BW_OK)
		r = account_get(c->store, id, a);
	if (r != BW_OK)
		layout_failure(c, r);
	return r == BW_OK;
}

/* The same, for what nobody does to himself. */
static bool
another(struct call *c, struct account *a)
{
	if (!person(c, a))
		return false;
	if (a->id != c->me->login.account.id)
		return true;
	layout_refuse(c, ACCESS_NO);
	return false;
}

static void
done(struct call *c, const struct account *a, bw_err r, const char *word)
{
	char path[48];

	snprintf(path, sizeof(path), "/people/%llu",
	    (unsigned long long)a->id);
	if (r == BW_OK)
		layout_go(c, path, word);
	else
		layout_failure(c, r);
}

void
people_show(struct call *c)
{
	struct account a;

	if (person(c, &a))
		show(c, 200, &a, NULL, &(struct proof_faults){ NULL, NULL });
}

void
people_role(struct call *c)
{
	struct proof_faults f = { NULL, NULL };
	char sponsor[TEXT_ID_MAX + 1];
	const char *fault = NULL;
	enum account_role role;
	struct account a;
	bw_err r;

	if (!another(c, &a))
		return;
	if (!take_role(c, &role, sponsor))
		fault = role_fault;
	/* Last, so that no code is used up for what is refused. */
	else if (!proof_given(c, &f) && f.password == NULL && f.code == NULL)
		return;
	if (fault != NULL || f.password != NULL || f.code != NULL) {
		show(c, 422, &a, fault, &f);
		return;
	}
	r = account_role_set(c->store, c->me->actor, a.id, role, sponsor,
	    c->now);
	if (r == BW_ERR_ARG)
		show(c, 422, &a, no_sponsor, &f);
	else
		done(c, &a, r, a.state == ACCOUNT_INVITED ? "role-link" :
		    "role");
}

void
people_disable(struct call *c)
{
	struct account a;

	if (another(c, &a))
		done(c, &a, account_disable(c->store, c->me->actor, a.id,
		    c->now), "disabled");
}

void
people_enable(struct call *c)
{
	struct account a;

	if (another(c, &a))
		done(c, &a, account_enable(c->store, c->me->actor, a.id,
		    c->now), "enabled");
}

void
people_ask_link(struct call *c, const struct account *a,
    const char *happens, const char *back, const struct proof_faults *f)
{
	bool bad = f->password != NULL || f->code != NULL;
	struct page p;

	layout_begin(&p, c, bad ? 422 : 200, N_("Make a new link"));
	page_raw(&p, "<p>");
	page_value(&p, a->mail);
	page_raw(&p, "</p>\n");
	say_in(&p, "p", happens);
	form_begin(&p, c, c->in->path, false);
	proof_fields(&p, c, f);
	form_end(&p, N_("Make a new link"));
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, back, N_("Back to the list"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
}

static void
ask_reset(struct call *c, const struct account *a,
    const struct proof_faults *f)
{
	people_ask_link(c, a, N_("Password, second factor and earlier links "
	    "are good for nothing from then on; all logins and tokens end, "
	    "and so do invitations that it made."), "/people", f);
}

void
people_ask_reset(struct call *c)
{
	struct account a;

	if (another(c, &a))
		ask_reset(c, &a, &(struct proof_faults){ NULL, NULL });
}

void
people_reset(struct call *c)
{
	char code[ACCOUNT_CODE_SIZE];
	struct proof_faults f;
	struct account a;
	bw_err r;

	if (!another(c, &a))
		return;
	if (!proof_given(c, &f)) {
		if (f.password != NULL || f.code != NULL)
			ask_reset(c, &a, &f);
		return;
	}
	r = account_reset(c->store, c->me->actor, a.id, c->now, code);
	if (r == BW_OK)
		people_link(c, a.mail, code, "/people");
	else
		layout_failure(c, r);
	explicit_bzero(code, sizeof(code));
}

void
people_logins(struct call *c)
{
	struct account a;

	if (person(c, &a))
		done(c, &a, login_end_all(c->store, c->me->actor, a.id,
		    c->me->login.num, c->now), "logins");
}
