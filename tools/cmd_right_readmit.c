// SPDX-License-Identifier: Apache-2.0
/* badgeward right readmit: who was erased comes back. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/readmit.h"
#include "tools/cmd_right.h"
#include "tools/cmds.h"

struct readmitting {
	const char *key, *mail;
	struct readmit_who who;
};

/* "-" is a line of standard input: of one of both. */
static int
take(struct readmitting *a, char key[static REG_KEY_MAX + 1],
    char mail[static FIELD_VALUE_MAX + 1])
{
	int code = CMD_OK;

	key[0] = mail[0] = 0;
	if (a->key == NULL && a->mail == NULL)
		return staff_usage("say who with --key, --mail or both");
	if (a->key != NULL)
		code = staff_line(a->key, key, REG_KEY_MAX + 1);
	if (code == CMD_OK && a->mail != NULL)
		code = staff_line(a->mail, mail, FIELD_VALUE_MAX + 1);
	a->who = (struct readmit_who){ key, mail };
	return code;
}

static int
let_in(struct staff *st, const struct readmitting *a)
{
	char who[STAFF_ACTOR_SIZE];
	uint64_t n;
	int code;
	bw_err r;

	staff_actor(who);
	if ((code = staff_begin(st)) != CMD_OK)
		return code;
	r = readmit(st->host->path, st->store, &a->who, who, st->now, &n);
	if (r == BW_ERR_NOTFOUND)
		return staff_fail("nobody was erased who had this key or "
		    "address; nothing was changed");
	if (r == BW_OK)
		r = store_commit(st->store);
	if (r != BW_OK)
		return staff_fail_err(r, st->host->path);
	printf("%" PRIu64 " of the record of the deleted: an import takes this "
	    "person up again, as somebody new\n", n);
	return CMD_OK;
}

static int
act(struct staff *st, const char *const *arg, void *ctx)
{
	char key[REG_KEY_MAX + 1], mail[FIELD_VALUE_MAX + 1];
	struct readmitting *a = ctx;
	int code = take(a, key, mail);

	(void)arg;
	if (code == CMD_OK)
		code = let_in(st, a);
	explicit_bzero(key, sizeof(key));
	explicit_bzero(mail, sizeof(mail));
	return code;
}

int
cmd_right_readmit(const char *dir, int argc, char **argv)
{
	struct readmitting a = { 0 };
	const struct opt opt[] = {
		{ "key", "KEY", "the source's key of the ticket", false,
		    &a.key, NULL },
		{ "mail", "ADDRESS", "the e-mail address", false, &a.mail,
		    NULL },
	};
	const struct opts o = { "right readmit", { NULL },
	    "Lets a person in again who was erased and wants to come back, or "
	    "whom staff erased\nby mistake: the next import takes up who has "
	    "this key or address, as somebody new.\nWhat was erased stays so. "
	    "With - the value is a line of standard input, which no\nother user "
	    "of this machine sees.", opt, 2 };

	return staff_run(dir, &o, argc, argv, act, &a);
}
