// SPDX-License-Identifier: Apache-2.0
#include "host/portal/assets.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "host/route.h"
#include "portal_files.h"
#include "record/crypto.h"

#define HASH_LEN 16
#define ASSET_MAX (1024u * 1024)

static const char css[] = "text/css; charset=utf-8";
static const char js[] = "text/javascript; charset=utf-8";

struct asset {
	const char *name, *type;
	const char *path;		/* of Debian's file, or NULL */
	const void *own;		/* else ours */
	size_t len;
	struct bw_buf read;
	char hash[HASH_LEN * 2 + 1];	/* "" when it is not there */
};

enum { BOOTSTRAP, STYLE, SCRIPT, CHART, DASHBOARD, ASSETS };

static struct asset assets[ASSETS] = {
	[BOOTSTRAP] = { "bootstrap.min.css", css,
	    "/usr/share/javascript/bootstrap5/css/bootstrap.min.css", NULL, 0,
	    { NULL, 0, 0, ASSET_MAX }, "" },
	[STYLE] = { "portal.css", css, NULL, portal_css,
	    sizeof(portal_css) - 1, { NULL, 0, 0, 0 }, "" },
	[SCRIPT] = { "portal.js", js, NULL, portal_js, sizeof(portal_js) - 1,
	    { NULL, 0, 0, 0 }, "" },
	[CHART] = { "chart.min.js", js,
	    "/usr/share/javascript/chart.js/chart.min.js", NULL, 0,
	    { NULL, 0, 0, ASSET_MAX }, "" },
	[DASHBOARD] = { "dashboard.js", js, NULL, dashboard_js,
	    sizeof(dashboard_js) - 1, { NULL, 0, 0, 0 }, "" },
};

static bw_err
load(struct asset *a)
{
	uint8_t hash[CRYPTO_HASH];
	struct bw_part part;
	char *path;
	bw_err r;

	if (a->path != NULL) {
		/* Debian's are links, which file_read does not follow. */
		if ((path = realpath(a->path, NULL)) == NULL)
			return BW_ERR_NOTFOUND;
		r = file_read(path, &a->read);
		free(path);
		if (r != BW_OK)
			return r;
		a->own = a->read.ptr;
		a->len = a->read.len;
	}
	part = PART(a->own, a->len);
	if ((r = crypto_sha256(&part, 1, hash)) == BW_OK)
		text_hex(hash, HASH_LEN, a->hash);
	return r;
}

static void
load_all(void)
{
	for (size_t i = 0; i < ASSETS; i++)
		if (load(&assets[i]) != BW_OK)
			log_warn("portal: %s cannot be read; pages do "
			    "without", assets[i].path);
}

static const struct asset *
asset(size_t i)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, load_all);
	return &assets[i];
}

static void
put(struct page *p, size_t i, const char *before, const char *after)
{
	const struct asset *a = asset(i);

	if (a->hash[0] == 0)
		return;
	page_raw(p, before);
	page_raw(p, "/assets/");
	page_raw(p, a->hash);
	page_raw(p, "/");
	page_raw(p, a->name);
	page_raw(p, after);
}

void
assets_head(struct page *p)
{
	put(p, BOOTSTRAP, "<link rel=\"stylesheet\" href=\"", "\">\n");
	put(p, STYLE, "<link rel=\"stylesheet\" href=\"", "\">\n");
	put(p, SCRIPT, "<script defer src=\"", "\"></script>\n");
}

void
assets_chart(struct page *p)
{
	put(p, CHART, "<script defer src=\"", "\"></script>\n");
}

void
assets_dashboard(struct page *p)
{
	assets_chart(p);
	put(p, DASHBOARD, "<script defer src=\"", "\"></script>\n");
}

void
assets_serve(struct call *c)
{
	char hash[STRICT_TARGET_MAX + 1], name[STRICT_TARGET_MAX + 1];

	route_part(c, 0, hash);
	route_part(c, 1, name);
	for (size_t i = 0; i < ASSETS; i++) {
		const struct asset *a = asset(i);

		if (a->hash[0] == 0 || strcmp(a->hash, hash) != 0 ||
		    strcmp(a->name, name) != 0)
			continue;
		http_text(c->out, 200, a->type, a->own, a->len);
		c->out->forever = true;
		return;
	}
	http_error(c->out, 404, "there is no such file");
}
