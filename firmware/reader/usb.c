// SPDX-License-Identifier: Apache-2.0
#include "reader/usb.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PLACE_MAX 999		/* three digits name a bus and a device */

/* What libnfc 1.8's drivers take for theirs. */
static const struct {
	const char *driver;
	uint16_t vendor, product;
} readers[] = {
	{ "pn53x_usb", 0x04cc, 0x0531 },	/* Philips PN531 */
	{ "pn53x_usb", 0x04cc, 0x2533 },	/* NXP PN533 */
	{ "pn53x_usb", 0x04e6, 0x5591 },	/* SCM SCL3711 */
	{ "pn53x_usb", 0x04e6, 0x5594 },	/* SCM SCL3712 */
	{ "pn53x_usb", 0x054c, 0x0193 },	/* Sony PN531 */
	{ "pn53x_usb", 0x054c, 0x02e1 },	/* Sony RC-S360 */
	{ "pn53x_usb", 0x1fd3, 0x0608 },	/* ASK LoGO */
	{ "acr122_usb", 0x072f, 0x2200 },	/* ACS ACR122U */
	{ "acr122_usb", 0x072f, 0x2214 },	/* ACS ACR1222 */
	{ "acr122_usb", 0x072f, 0x90cc },	/* Touchatag */
};

/* A number that the kernel tells of a device; PLACE_MAX + 1 and more: none. */
static unsigned long
number(int dir, const char *name, int base)
{
	char text[16] = "", *end;
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	unsigned long v = ULONG_MAX;

	if (fd == -1)
		return v;
	if (read(fd, text, sizeof(text) - 1) > 0) {
		v = strtoul(text, &end, base);
		v = end == text ? ULONG_MAX : v;
	}
	close(fd);
	return v;
}

static bool
is_driven_by(int dir, const char *driver)
{
	unsigned long vendor = number(dir, "idVendor", 16);
	unsigned long product = number(dir, "idProduct", 16);
	size_t len = strcspn(driver, ":");

	for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
		if (readers[i].vendor == vendor &&
		    readers[i].product == product &&
		    strlen(readers[i].driver) == len &&
		    memcmp(readers[i].driver, driver, len) == 0)
			return true;
	return false;
}

/* Who has its first interface. */
static enum usb_holder
holder_of(int dir, const char *device)
{
	char path[NAME_MAX + 16], target[PATH_MAX];
	const char *name;
	ssize_t n;

	snprintf(path, sizeof(path), "%s:1.0/driver", device);
	if ((n = readlinkat(dir, path, target, sizeof(target) - 1)) <= 0)
		return USB_FREE;
	target[n] = 0;
	name = strrchr(target, '/');
	return strcmp(name != NULL ? name + 1 : target, "usbfs") == 0 ?
	    USB_PROGRAM : USB_KERNEL;
}

/* Is it the reader that is looked for, at a lower place than *out? */
static void
consider(int dir, const char *device, const char *name,
    struct usb_reader *out)
{
	unsigned long bus = number(dir, "busnum", 10);
	unsigned long dev = number(dir, "devnum", 10);
	size_t driver = strcspn(name, ":"), given = strlen(name);
	char full[PORT_NAME_MAX];

	if (bus > PLACE_MAX || dev > PLACE_MAX || !is_driven_by(dir, name))
		return;
	snprintf(full, sizeof(full), "%.*s:%03lu:%03lu", (int)driver, name,
	    bus, dev);
	if (strncmp(full, name, given) != 0 ||
	    (out->name[0] != 0 && strcmp(full, out->name) > 0))
		return;
	strcpy(out->name, full);
	snprintf(out->node, sizeof(out->node), "/dev/bus/usb/%03lu/%03lu",
	    bus, dev);
	out->holder = holder_of(dir, device);
}

bw_err
usb_find(const char *sys, const char *name, struct usb_reader *out)
{
	struct dirent *e;
	DIR *d;
	int dir;

	memset(out, 0, sizeof(*out));
	if ((d = opendir(sys)) == NULL)
		return BW_ERR_NOTFOUND;
	while ((e = readdir(d)) != NULL) {
		/* 1-4.2 is a device, 1-4.2:1.0 an interface of it */
		if (e->d_name[0] == '.' || strchr(e->d_name, ':') != NULL)
			continue;
		dir = openat(dirfd(d), e->d_name,
		    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (dir == -1)
			continue;
		consider(dir, e->d_name, name, out);
		close(dir);
	}
	closedir(d);
	return out->name[0] != 0 ? BW_OK : BW_ERR_NOTFOUND;
}
