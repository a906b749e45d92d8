// SPDX-License-Identifier: Apache-2.0
#include "kiosk/drm_input.h"

#include <sys/ioctl.h>

#include <errno.h>
#include <fcntl.h>
#include <libinput.h>
#include <libudev.h>
#include <linux/input.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

struct drm_input {
	struct libinput *li;
	double x, y;		/* of the pointer */
};

/* It has letters, digits or Enter: the console would listen to it. A power
 * button has none, and stays the system's. */
static bool
can_type(int fd)
{
	uint8_t bits[KEY_CNT / 8] = { 0 };

	if (ioctl(fd, EVIOCGBIT(EV_KEY, sizeof(bits)), bits) < 0)
		return false;
	for (int key = KEY_ESC; key <= KEY_SPACE; key++)
		if ((bits[key / 8] & 1u << (key % 8)) != 0)
			return true;
	return false;
}

static int
open_device(const char *path, int flags, void *ctx)
{
	int fd = open(path, flags | O_CLOEXEC);

	(void)ctx;
	if (fd == -1)
		return -errno;
	if (can_type(fd) && ioctl(fd, EVIOCGRAB, (void *)1) == -1)
		log_warn("%s: the console hears these keys too: %s", path,
		    strerror(errno));
	return fd;
}

static void
close_device(int fd, void *ctx)
{
	(void)ctx;
	close(fd);
}

static const struct libinput_interface devices = {
	.open_restricted = open_device,
	.close_restricted = close_device,
};

static void BW_PRINTF(3, 0)
say(struct libinput *li, enum libinput_log_priority priority,
    const char *fmt, va_list ap)
{
	char line[256];

	(void)li;
	vsnprintf(line, sizeof(line), fmt, ap);
	line[strcspn(line, "\n")] = '\0';
	if (priority >= LIBINPUT_LOG_PRIORITY_ERROR)
		log_error("libinput: %s", line);
	else
		log_debug("libinput: %s", line);
}

bw_err
drm_input_open(struct drm_input **out, struct udev *udev)
{
	struct drm_input *in = calloc(1, sizeof(*in));
	bw_err r = BW_ERR_NOMEM;

	*out = NULL;
	if (in == NULL || (in->li = libinput_udev_create_context(&devices,
	    NULL, udev)) == NULL)
		goto out;
	libinput_log_set_handler(in->li, say);
	r = BW_ERR_IO;
	if (libinput_udev_assign_seat(in->li, "seat0") != 0)
		goto out;
	*out = in;
	in = NULL;
	r = BW_OK;
out:
	drm_input_close(&in);
	return r;
}

void
drm_input_close(struct drm_input **in)
{
	if (*in != NULL && (*in)->li != NULL)
		libinput_unref((*in)->li);
	free(*in);
	*in = NULL;
}

int
drm_input_fd(const struct drm_input *in)
{
	return libinput_get_fd(in->li);
}

static int64_t
ms(uint64_t us)
{
	return (int64_t)(us / 1000);
}

static void
touch(struct libinput_event_touch *e, enum drm_raw_kind kind,
    struct drm_raw *out)
{
	*out = (struct drm_raw){ .kind = kind,
		/* A device without slots has one finger. */
		.finger = libinput_event_touch_get_seat_slot(e) + 1,
		.at = ms(libinput_event_touch_get_time_usec(e)) };
	if (kind == DRM_RAW_DOWN || kind == DRM_RAW_MOVE) {
		out->x = libinput_event_touch_get_x_transformed(e, 1);
		out->y = libinput_event_touch_get_y_transformed(e, 1);
	}
}

static void
pointer(struct drm_input *in, struct libinput_event_pointer *e,
    enum drm_raw_kind kind, struct drm_raw *out)
{
	if (kind == DRM_RAW_MOVE) {
		in->x = libinput_event_pointer_get_absolute_x_transformed(e,
		    1);
		in->y = libinput_event_pointer_get_absolute_y_transformed(e,
		    1);
	}
	*out = (struct drm_raw){ .kind = kind, .x = in->x, .y = in->y,
		.at = ms(libinput_event_pointer_get_time_usec(e)) };
}

static bool
button(struct drm_input *in, struct libinput_event_pointer *e,
    struct drm_raw *out)
{
	pointer(in, e, libinput_event_pointer_get_button_state(e) ==
	    LIBINPUT_BUTTON_STATE_PRESSED ? DRM_RAW_DOWN : DRM_RAW_UP, out);
	return libinput_event_pointer_get_button(e) == BTN_LEFT;
}

static void
key(struct libinput_event_keyboard *e, struct drm_raw *out)
{
	*out = (struct drm_raw){
		.kind = libinput_event_keyboard_get_key_state(e) ==
		    LIBINPUT_KEY_STATE_PRESSED ? DRM_RAW_KEY : DRM_RAW_KEY_UP,
		.code = libinput_event_keyboard_get_key(e),
		.at = ms(libinput_event_keyboard_get_time_usec(e)) };
}

static bool
translate(struct drm_input *in, struct libinput_event *e, struct drm_raw *out)
{
	enum libinput_event_type type = libinput_event_get_type(e);

	if (type == LIBINPUT_EVENT_POINTER_BUTTON)
		return button(in, libinput_event_get_pointer_event(e), out);
	if (type == LIBINPUT_EVENT_KEYBOARD_KEY)
		key(libinput_event_get_keyboard_event(e), out);
	else if (type == LIBINPUT_EVENT_POINTER_MOTION_ABSOLUTE)
		pointer(in, libinput_event_get_pointer_event(e), DRM_RAW_MOVE,
		    out);
	else if (type == LIBINPUT_EVENT_TOUCH_DOWN)
		touch(libinput_event_get_touch_event(e), DRM_RAW_DOWN, out);
	else if (type == LIBINPUT_EVENT_TOUCH_MOTION)
		touch(libinput_event_get_touch_event(e), DRM_RAW_MOVE, out);
	else if (type == LIBINPUT_EVENT_TOUCH_UP)
		touch(libinput_event_get_touch_event(e), DRM_RAW_UP, out);
	else if (type == LIBINPUT_EVENT_TOUCH_CANCEL)
		touch(libinput_event_get_touch_event(e), DRM_RAW_CANCEL, out);
	else
		return false;
	return true;
}

bool
drm_input_next(struct drm_input *in, struct drm_raw *out)
{
	struct libinput_event *e;
	bool any = false;

	if (libinput_next_event_type(in->li) == LIBINPUT_EVENT_NONE)
		libinput_dispatch(in->li);
	while (!any && (e = libinput_get_event(in->li)) != NULL) {
		any = translate(in, e, out);
		libinput_event_destroy(e);
	}
	return any;
}
