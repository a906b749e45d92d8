// SPDX-License-Identifier: Apache-2.0
/*
 * fingers NAME - a touch screen called NAME, made by uinput and told what to
 * do by lines of text: "down SLOT X Y", "move SLOT X Y", "up SLOT". X and Y
 * are from 0 to 65535. It is there until the input ends.
 */
#include <sys/ioctl.h>

#include <fcntl.h>
#include <linux/uinput.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define RANGE 65535
#define SLOTS 10

static void
emit(int fd, int type, int code, int value)
{
	struct input_event e = { .type = (unsigned short)type,
		.code = (unsigned short)code, .value = value };

	if (write(fd, &e, sizeof(e)) != (ssize_t)sizeof(e))
		perror("fingers: write");
}

static int
axis(int fd, unsigned short code, int max)
{
	struct uinput_abs_setup a = { .code = code,
		.absinfo = { .maximum = max } };

	if (max == RANGE && code != ABS_MT_TRACKING_ID)
		a.absinfo.resolution = 262;	/* about 250 mm */
	return ioctl(fd, UI_SET_ABSBIT, code) | ioctl(fd, UI_ABS_SETUP, &a);
}

static int
make(const char *name)
{
	struct uinput_setup s = { .id = { .bustype = BUS_VIRTUAL,
		.vendor = 0x1209, .product = 1 } };
	int fd = open("/dev/uinput", O_RDWR | O_CLOEXEC);

	if (fd == -1)
		return -1;
	snprintf(s.name, sizeof(s.name), "%s", name);
	if (ioctl(fd, UI_SET_EVBIT, EV_KEY) == -1 ||
	    ioctl(fd, UI_SET_EVBIT, EV_ABS) == -1 ||
	    ioctl(fd, UI_SET_KEYBIT, BTN_TOUCH) == -1 ||
	    ioctl(fd, UI_SET_PROPBIT, INPUT_PROP_DIRECT) == -1 ||
	    axis(fd, ABS_X, RANGE) != 0 || axis(fd, ABS_Y, RANGE) != 0 ||
	    axis(fd, ABS_MT_SLOT, SLOTS - 1) != 0 ||
	    axis(fd, ABS_MT_TRACKING_ID, RANGE) != 0 ||
	    axis(fd, ABS_MT_POSITION_X, RANGE) != 0 ||
	    axis(fd, ABS_MT_POSITION_Y, RANGE) != 0 ||
	    ioctl(fd, UI_DEV_SETUP, &s) == -1 ||
	    ioctl(fd, UI_DEV_CREATE) == -1) {
		close(fd);
		return -1;
	}
	return fd;
}

static void
put(int fd, const char *what, int slot, int x, int y)
{
	static int down, tracking;

	emit(fd, EV_ABS, ABS_MT_SLOT, slot);
	if (strcmp(what, "up") == 0) {
		emit(fd, EV_ABS, ABS_MT_TRACKING_ID, -1);
		if (--down == 0)
			emit(fd, EV_KEY, BTN_TOUCH, 0);
	} else {
		if (strcmp(what, "down") == 0) {
			emit(fd, EV_ABS, ABS_MT_TRACKING_ID, ++tracking);
			if (down++ == 0)
				emit(fd, EV_KEY, BTN_TOUCH, 1);
		}
		emit(fd, EV_ABS, ABS_MT_POSITION_X, x);
		emit(fd, EV_ABS, ABS_MT_POSITION_Y, y);
		emit(fd, EV_ABS, ABS_X, x);
		emit(fd, EV_ABS, ABS_Y, y);
	}
	emit(fd, EV_SYN, SYN_REPORT, 0);
}

int
main(int argc, char **argv)
{
	char line[80], what[8];
	int fd, slot, x, y;

	if (argc != 2 || (fd = make(argv[1])) == -1) {
		perror("fingers: no touch screen");
		return 1;
	}
	while (fgets(line, sizeof(line), stdin) != NULL) {
		x = y = 0;
		if (sscanf(line, "%7s %d %d %d", what, &slot, &x, &y) >= 2)
			put(fd, what, slot, x, y);
	}
	ioctl(fd, UI_DEV_DESTROY);
	close(fd);
	return 0;
}
