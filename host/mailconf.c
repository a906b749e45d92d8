// SPDX-License-Identifier: Apache-2.0
#include "host/mailconf.h"

#include <sys/stat.h>

#include <ctype.h>
#include <jansson.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "host/hostfile.h"

#define CONF_MAX 8192

struct member {
	const char *name;
	size_t offset, size;
};

#define MEMBER(m) { #m, offsetof(struct mailconf, m), \
	sizeof(((struct mailconf *)NULL)->m) }
static const struct member members[] = {
	MEMBER(server), MEMBER(from), MEMBER(contact), MEMBER(complain),
	MEMBER(user), MEMBER(password), MEMBER(ca)
};
#define NMEMBERS (sizeof(members) / sizeof(members[0]))

static bool
starts(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

bool
mail_server_near(const char *url)
{
	static const char *const names[] = { "127.0.0.1", "localhost",
		"[::1]" };
	const char *host = strstr(url, "://");

	for (size_t i = 0; host != NULL && i < 3; i++)
		if (starts(host + 3, names[i]) &&
		    (host[3 + strlen(names[i])] == 0 ||
		    host[3 + strlen(names[i])] == ':'))
			return true;
	return false;
}

/* smtp:// or smtps://, a host, perhaps a port; nothing else. */
static bool
server_ok(const char *s)
{
	const char *host = starts(s, "smtps://") ? s + 8 :
	    starts(s, "smtp://") ? s + 7 : "";

	if (*host == 0)
		return false;
	for (; *host != 0; host++)
		if (!isalnum((unsigned char)*host) &&
		    strchr(".-:[]", *host) == NULL)
			return false;
	return true;
}

bw_err
mailconf_check(const struct mailconf *c, const char **why)
{
	*why = "--server: smtps://host:465 or smtp://host:587";
	if (!server_ok(c->server))
		return BW_ERR_ARG;
	*why = "--from: a mail address, local@domain in ASCII";
	if (!mail_address_ok(c->from))
		return BW_ERR_ARG;
	*why = "--contact: a mail address, local@domain in ASCII";
	if (c->contact[0] != 0 && !mail_address_ok(c->contact))
		return BW_ERR_ARG;
	*why = "--authority: up to 499 bytes of UTF-8 without controls";
	if (!text_is_clean(c->complain, strlen(c->complain)))
		return BW_ERR_ARG;
	*why = "--user and the password: both or none, without controls";
	if (!text_is_clean(c->user, strlen(c->user)) ||
	    !text_is_clean(c->password, strlen(c->password)) ||
	    (c->user[0] == 0) != (c->password[0] == 0))
		return BW_ERR_ARG;
	*why = "--hour: 0 to 23, in UTC";
	if (c->hour > 23)
		return BW_ERR_ARG;
	*why = NULL;
	return BW_OK;
}

bw_err
mailconf_write(const char *dir, const struct mailconf *c)
{
	char path[FILE_PATH_MAX];
	bw_err r = BW_ERR_NOMEM;
	json_t *o = json_object();
	char *text = NULL;

	for (size_t i = 0; i < NMEMBERS; i++)
		if (json_object_set_new(o, members[i].name, json_string(
		    (const char *)c + members[i].offset)) == -1)
			goto out;
	if (json_object_set_new(o, "starttls", json_boolean(c->starttls)) ==
	    -1 || json_object_set_new(o, "hour",
	    json_integer(c->hour)) == -1)
		goto out;
	if ((text = json_dumps(o, JSON_INDENT(2))) == NULL)
		goto out;
	if ((r = file_path(path, dir, "mail.json")) == BW_OK)
		r = hostfile_write(path, text, strlen(text), 0600);
out:
	if (text != NULL)
		explicit_bzero(text, strlen(text));
	free(text);
	json_decref(o);
	return r;
}

static bw_err
decode(const struct bw_buf *b, struct mailconf *c)
{
	json_t *o = json_loadb((const char *)b->ptr, b->len,
	    JSON_REJECT_DUPLICATES, NULL);
	json_t *hour = json_object_get(o, "hour");
	bw_err r = BW_ERR_FORMAT;

	if (json_object_size(o) != NMEMBERS + 2 || !json_is_integer(hour) ||
	    json_integer_value(hour) < 0 || json_integer_value(hour) > 23)
		goto out;
	for (size_t i = 0; i < NMEMBERS; i++) {
		json_t *m = json_object_get(o, members[i].name);
		size_t len = json_string_length(m);

		if (!json_is_string(m) || len >= members[i].size)
			goto out;
		memcpy((char *)c + members[i].offset, json_string_value(m),
		    len + 1);
	}
	c->starttls = json_is_true(json_object_get(o, "starttls"));
	c->hour = (unsigned)json_integer_value(hour);
	r = BW_OK;
out:
	json_decref(o);
	return r;
}

bw_err
mailconf_read(const char *dir, struct mailconf *out, const char **why)
{
	struct bw_buf b = BW_BUF_INIT(CONF_MAX);
	char path[FILE_PATH_MAX];
	struct stat st;
	bw_err r;

	memset(out, 0, sizeof(*out));
	*why = "mail is not set up: `badgeward mail setup` does it";
	if ((r = file_path(path, dir, "mail.json")) != BW_OK ||
	    (r = file_read(path, &b)) != BW_OK)
		goto out;
	r = BW_ERR_DENIED;
	*why = "mail.json may be read by others: chmod 600 it";
	if (stat(path, &st) == -1 || (st.st_mode & 077) != 0)
		goto out;
	*why = "mail.json is damaged: `badgeward mail setup` makes it anew";
	if ((r = decode(&b, out)) == BW_OK)
		r = mailconf_check(out, why);
out:
	bw_buf_free(&b);
	return r;
}
