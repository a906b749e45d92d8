// SPDX-License-Identifier: Apache-2.0
#include "reader/port.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of libnfc 1.8 in Debian. */
static const struct {
	const char *name;
	enum port_kind kind;
} drivers[] = {
	{ "pn532_uart", PORT_SERIAL }, { "pn532_spi", PORT_SPI },
	{ "pn532_i2c", PORT_I2C }, { "arygon", PORT_SERIAL },
	{ "acr122s", PORT_SERIAL }, { "pn53x_usb", PORT_USB },
	{ "acr122_usb", PORT_USB },
};

#define NDRIVERS (sizeof(drivers) / sizeof(drivers[0]))

/* Which driver, or NDRIVERS. */
static size_t
driver_of(const char *name)
{
	size_t len = strcspn(name, ":"), i = 0;

	while (i < NDRIVERS && (strlen(drivers[i].name) != len ||
	    memcmp(drivers[i].name, name, len) != 0))
		i++;
	return i;
}

enum port_kind
port_kind(const char *name)
{
	size_t i = driver_of(name);

	return i < NDRIVERS ? drivers[i].kind : PORT_SERIAL;
}

/* A device's numbers, as below /dev/bus/usb: nothing, :001 or :001:004. */
static bool
is_usb_place(const char *s)
{
	for (int i = 0; i < 2 && *s != 0; i++, s += 4)
		if (s[0] != ':' || strspn(s + 1, "0123456789") != 3 ||
		    (s[4] != ':' && s[4] != 0))
			return false;
	return *s == 0;
}

bool
port_name_ok(const char *name)
{
	const char *port = name + strcspn(name, ":");

	if (strlen(name) >= PORT_NAME_MAX || driver_of(name) == NDRIVERS)
		return false;
	if (port_kind(name) == PORT_USB)
		return is_usb_place(port);
	return port[0] == ':' && port[1] == '/' && port[2] != 0 &&
	    port[2] != ':';
}

void
port_path(const char *name, char out[static PORT_NAME_MAX])
{
	const char *p = strchr(name, ':');
	size_t n;

	out[0] = 0;
	if (p == NULL || p[1] != '/')
		return;
	n = strcspn(++p, ":");
	if (n >= PORT_NAME_MAX)
		return;
	memcpy(out, p, n);
	out[n] = 0;
}

/* Does this process hold the port? The other end of a pseudo terminal does so
 * too, to keep it alive: that one is the reader itself. */
static bool
holds(const char *pid, const char *real)
{
	char dir[300], path[PATH_MAX], target[PATH_MAX];
	bool port = false, other_end = false;
	struct dirent *e;
	ssize_t n;
	DIR *d;

	snprintf(dir, sizeof(dir), "/proc/%s/fd", pid);
	if ((d = opendir(dir)) == NULL)
		return false;
	while ((e = readdir(d)) != NULL) {
		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		if ((n = readlink(path, target, sizeof(target) - 1)) <= 0)
			continue;
		target[n] = 0;
		port |= strcmp(target, real) == 0;
		other_end |= strcmp(target, "/dev/ptmx") == 0 ||
		    strcmp(target, "/dev/pts/ptmx") == 0;
	}
	closedir(d);
	return port && !other_end;
}

bool
port_is_held(const char *path)
{
	char real[PATH_MAX], self[24];
	bool held = false;
	struct dirent *e;
	DIR *d;

	if (realpath(path, real) == NULL || (d = opendir("/proc")) == NULL)
		return false;
	snprintf(self, sizeof(self), "%ld", (long)getpid());
	while (!held && (e = readdir(d)) != NULL)
		held = e->d_name[0] >= '1' && e->d_name[0] <= '9' &&
		    strcmp(e->d_name, self) != 0 && holds(e->d_name, real);
	closedir(d);
	return held;
}
