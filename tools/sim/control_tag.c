// SPDX-License-Identifier: Apache-2.0
/* Control commands about tags. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "tools/sim/control_job.h"
#include "tools/sim/ntag.h"

/* The tag that the first argument names; answers when there is none. */
static struct tag *
tag_of(struct job *j)
{
	struct tag *t = tags_find(&j->s->tags, j->arg[0]);

	if (t == NULL)
		job_say(j, "err there is no tag of this name; "
		    "state lists them");
	return t;
}

/* Put a file into the user memory, the rest of it zero. Answers if it fails. */
static bool
load(struct job *j, struct tag *t, const char *path)
{
	size_t room = (t->kind->user_end - NTAG_USER) * NTAG_PAGE;
	uint8_t *user = t->mem + (size_t)NTAG_USER * NTAG_PAGE;
	struct bw_buf b = BW_BUF_INIT(TAG_MEM_MAX);
	bw_err r;

	if (t->kind->pages == 0) {
		job_say(j, "err a %s tag has no memory to load", t->kind->name);
		return false;
	}
	r = j->s->files->read(path, &b);
	if (r == BW_OK && b.len > room)
		r = BW_ERR_BOUND;
	if (r == BW_OK) {
		memset(user, 0, room);
		if (b.len > 0)
			memcpy(user, b.ptr, b.len);
	} else if (r == BW_ERR_BOUND) {
		job_say(j, "err the file is larger than the tag's %zu bytes",
		    room);
	} else {
		job_say(j, "err cannot read the file: %s", bw_strerror(r));
	}
	bw_buf_free(&b);
	return r == BW_OK;
}

static void
say_kinds(struct job *j)
{
	const char *name;

	job_say(j, "err the type is one of");
	for (size_t i = 0; (name = tag_kind_name(i)) != NULL; i++)
		job_say(j, " %s", name);
}

void
job_tag_add(struct job *j)
{
	const struct tag_kind *kind = tag_kind_find(j->arg[1]);
	uint8_t uid[TAG_UID_MAX];
	bw_err r;

	if (!text_is_id(j->arg[0], strlen(j->arg[0]))) {
		job_say(j, "err a name is 1 to 32 of a-z 0-9 . and -");
	} else if (kind == NULL) {
		say_kinds(j);
	} else if (!job_hex(j->arg[2], uid, kind->uid_len) || uid[0] == 0x88) {
		job_say(j, "err the UID of a %s tag is %zu hex digits, "
		    "the first two not 88", kind->name, 2 * kind->uid_len);
	} else if ((r = tags_add(&j->s->tags, kind, j->arg[0], uid)) !=
	    BW_OK) {
		job_say(j, "err cannot add it: %s", r == BW_ERR_EXISTS ?
		    "the name or the UID is taken" : bw_strerror(r));
	} else if (j->n == 4 && !load(j, tag_of(j), j->arg[3])) {
		tags_delete(&j->s->tags, tags_find(&j->s->tags, j->arg[0]));
	} else {
		job_say(j, "ok");
	}
}

void
job_tag_load(struct job *j)
{
	struct tag *t = tag_of(j);

	if (t != NULL && load(j, t, j->arg[1]))
		job_say(j, "ok");
}

void
job_tag_dump(struct job *j)
{
	uint8_t seen[TAG_MEM_MAX];
	struct tag *t = tag_of(j);
	size_t len;
	bw_err r;

	if (t == NULL)
		return;
	if (t->kind->pages == 0) {
		job_say(j, "err a %s tag has no memory to dump", t->kind->name);
		return;
	}
	len = t->kind->pages * NTAG_PAGE;
	for (size_t i = 0; i < len; i++)
		seen[i] = t->kind->peek(t, i);
	r = j->s->files->write(j->arg[1], seen, len, 0644);
	if (r == BW_OK)
		job_say(j, "ok %zu", len);
	else
		job_say(j, "err cannot write the file: %s", bw_strerror(r));
}

void
job_tag_present(struct job *j)
{
	struct tag *t = tag_of(j);

	if (t == NULL)
		return;
	sim_present(j->s, t, true);
	job_say(j, "ok");
}

void
job_tag_remove(struct job *j)
{
	struct tag *t = tag_of(j);

	if (t == NULL)
		return;
	sim_present(j->s, t, false);
	job_say(j, "ok");
}

void
job_tag_delete(struct job *j)
{
	struct tag *t = tag_of(j);

	if (t == NULL)
		return;
	sim_present(j->s, t, false);
	chip_tag_forget(&j->s->chip, t);
	tags_delete(&j->s->tags, t);
	job_say(j, "ok");
}

void
job_tag_tear(struct job *j)
{
	struct tag *t = tag_of(j);
	const char *what = j->n == 3 ? j->arg[2] : "reads";
	uint64_t n;

	if (t == NULL)
		return;
	if (!job_number(j->arg[1], JOB_COUNT_MAX, &n)) {
		job_say(j, "err the number is 0 to %d", JOB_COUNT_MAX);
		return;
	}
	if (strcmp(what, "reads") == 0)
		t->tear = TEAR_READS;
	else if (strcmp(what, "writes") == 0)
		t->tear = TEAR_WRITES;
	else if (strcmp(what, "torn") == 0)
		t->tear = TEAR_TORN;
	else {
		job_say(j, "err the last word is reads, writes or torn");
		return;
	}
	t->tear_left = (unsigned)n;
	job_say(j, "ok");
}

void
job_tag_poke(struct job *j)
{
	struct tag *t = tag_of(j);
	uint8_t data[NTAG_PAGE];
	uint64_t page;

	if (t == NULL)
		return;
	if (t->kind->pages == 0 ||
	    !job_number(j->arg[1], t->kind->pages - 1, &page) ||
	    !job_hex(j->arg[2], data, sizeof(data))) {
		job_say(j, "err usage: tag poke NAME PAGE HEX8, a page it has");
		return;
	}
	memcpy(t->mem + page * NTAG_PAGE, data, sizeof(data));
	job_say(j, "ok");
}

void
job_tag_wear(struct job *j)
{
	struct tag *t = tag_of(j);
	uint64_t page;

	if (t == NULL)
		return;
	if (t->kind->pages == 0 ||
	    !job_number(j->arg[1], t->kind->pages - 1, &page)) {
		job_say(j, "err usage: tag wear NAME PAGE, a page it has");
		return;
	}
	t->worn_page = (int)page;
	job_say(j, "ok");
}

void
job_tag_state(struct job *j)
{
	static const char *const states[] = {
		[TAG_OFF] = "off", [TAG_IDLE] = "idle", [TAG_READY] = "ready",
		[TAG_ACTIVE] = "active", [TAG_HALT] = "halt"
	};
	char uid[TEXT_HEX_SIZE(TAG_UID_MAX)];

	for (size_t i = 0; i < j->s->tags.n; i++) {
		const struct tag *t = j->s->tags.tag[i];

		text_hex(t->uid, t->kind->uid_len, uid);
		job_say(j, "%s{\"name\":\"%s\",\"type\":\"%s\",\"uid\":\"%s\","
		    "\"present\":%s,\"state\":\"%s\",\"reads\":%" PRIu64
		    ",\"writes\":%" PRIu64 "}", i > 0 ? "," : "", t->name,
		    t->kind->name, uid, t->present ? "true" : "false",
		    states[t->state], t->reads, t->writes);
	}
}
