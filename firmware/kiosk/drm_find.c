// SPDX-License-Identifier: Apache-2.0
#include "kiosk/drm_find.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "kiosk/ui.h"

#define CARDS "/dev/dri"

bool
drm_find_wants(const char *wanted, const char *name,
    drmModeConnection connection, int modes)
{
	if (modes <= 0 || connection == DRM_MODE_DISCONNECTED)
		return false;
	if (wanted != NULL)
		return strcmp(wanted, name) == 0;
	return connection == DRM_MODE_CONNECTED;
}

static bool
is_usable(const drmModeModeInfo *m)
{
	return m->hdisplay >= UI_SIDE_MIN && m->vdisplay >= UI_SIDE_MIN &&
	    (m->flags & DRM_MODE_FLAG_INTERLACE) == 0;
}

const drmModeModeInfo *
drm_find_mode(const drmModeModeInfo *mode, int n)
{
	const drmModeModeInfo *first = NULL;

	for (int i = 0; i < n; i++) {
		if (!is_usable(&mode[i]))
			continue;
		if ((mode[i].type & DRM_MODE_TYPE_PREFERRED) != 0)
			return &mode[i];
		if (first == NULL)
			first = &mode[i];
	}
	return first;
}

/* One that can feed this output: the one that does now, or the first. */
static uint32_t
find_crtc(int card, const drmModeRes *res, const drmModeConnector *c)
{
	drmModeEncoder *e = drmModeGetEncoder(card, c->encoder_id);
	uint32_t crtc = e != NULL ? e->crtc_id : 0;

	drmModeFreeEncoder(e);
	for (int i = 0; crtc == 0 && i < c->count_encoders; i++) {
		if ((e = drmModeGetEncoder(card, c->encoders[i])) == NULL)
			continue;
		for (int j = 0; crtc == 0 && j < res->count_crtcs; j++)
			if ((e->possible_crtcs & 1u << j) != 0)
				crtc = res->crtcs[j];
		drmModeFreeEncoder(e);
	}
	return crtc;
}

static bool
take_connector(const drmModeRes *res, const drmModeConnector *c,
    const char *wanted, struct drm_found *f)
{
	const char *type = drmModeGetConnectorTypeName(c->connector_type);
	const drmModeModeInfo *mode;

	snprintf(f->name, sizeof(f->name), "%s-%u",
	    type != NULL ? type : "Unknown", c->connector_type_id);
	if (!drm_find_wants(wanted, f->name, c->connection, c->count_modes))
		return false;
	if ((mode = drm_find_mode(c->modes, c->count_modes)) == NULL)
		return false;
	f->mode = *mode;
	f->connector = c->connector_id;
	f->crtc = find_crtc(f->card, res, c);
	return f->crtc != 0;
}

static bool
find_on(struct drm_found *f, const char *wanted, bool loud)
{
	drmModeRes *res = drmModeGetResources(f->card);
	bool found = false;

	for (int i = 0; res != NULL && !found && i < res->count_connectors;
	    i++) {
		drmModeConnector *c = drmModeGetConnector(f->card,
		    res->connectors[i]);

		found = c != NULL && take_connector(res, c, wanted, f);
		if (c != NULL && !found && loud)
			log_info("output %s of %s is %s", f->name, f->path,
			    c->connection == DRM_MODE_CONNECTED ?
			    "connected, and not taken" : "not connected");
		drmModeFreeConnector(c);
	}
	drmModeFreeResources(res);
	return found;
}

static int
is_card(const struct dirent *d)
{
	return strncmp(d->d_name, "card", 4) == 0;
}

/* What was tried and did not help, for the one sentence about it. */
struct tried {
	int cards, refused;
};

static bool
try_card(const struct drm_found *have, const char *path, const char *wanted,
    bool loud, struct tried *t, struct drm_found *f)
{
	bool mine = have != NULL && have->card != -1 &&
	    strcmp(have->path, path) == 0;

	t->cards++;
	memcpy(f->path, path, strlen(path) + 1);
	f->card = mine ? have->card : open(path, O_RDWR | O_CLOEXEC);
	if (f->card == -1) {
		t->refused++;
		if (loud)
			log_warn("%s cannot be opened: %s", path,
			    strerror(errno));
		return false;
	}
	if (find_on(f, wanted, loud))
		return true;
	if (!mine)
		close(f->card);
	f->card = -1;
	return false;
}

static void
complain(const struct tried *t, const char *wanted)
{
	if (t->cards == 0)
		log_error("there is no screen: %s has no card", CARDS);
	else if (t->refused == t->cards)
		log_error("no screen may be used: is the user in the group "
		    "video?");
	else if (wanted != NULL)
		log_error("no screen is connected to an output %s", wanted);
	else
		log_error("no screen is connected");
}

bw_err
drm_find(const struct drm_found *have, const char *wanted, bool loud,
    struct drm_found *out)
{
	struct dirent **name = NULL;
	struct tried t = { 0, 0 };
	char path[DRM_PATH_MAX];
	int n = scandir(CARDS, &name, is_card, versionsort);
	bool found = false;

	*out = (struct drm_found){ .card = -1 };
	for (int i = 0; i < n; i++) {
		int len = snprintf(path, sizeof(path), CARDS "/%s",
		    name[i]->d_name);

		if (!found && len > 0 && len < (int)sizeof(path))
			found = try_card(have, path, wanted, loud, &t, out);
		free(name[i]);
	}
	free(name);
	if (!found && loud)
		complain(&t, wanted);
	if (found)
		return BW_OK;
	return t.cards > 0 && t.refused == t.cards ? BW_ERR_DENIED :
	    BW_ERR_NOTFOUND;
}

bw_err
drm_find_again(const struct drm_found *have, struct drm_found *out)
{
	drmModeRes *res = drmModeGetResources(have->card);
	drmModeConnector *c = drmModeGetConnector(have->card,
	    have->connector);
	bool found;

	*out = *have;
	found = res != NULL && c != NULL &&
	    take_connector(res, c, have->name, out);
	drmModeFreeConnector(c);
	drmModeFreeResources(res);
	return found ? BW_OK : BW_ERR_NOTFOUND;
}

bw_err
drm_find_master(const struct drm_found *f)
{
	if (drmIsMaster(f->card) || drmSetMaster(f->card) == 0)
		return BW_OK;
	log_error("another program shows pictures on %s already: another "
	    "kiosk, a desktop or its log-in screen, or the boot picture "
	    "(plymouth). `fuser -v %s` names it; stop it first.", f->path,
	    f->path);
	return BW_ERR_BUSY;
}
