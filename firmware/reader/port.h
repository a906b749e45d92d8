/* SPDX-License-Identifier: Apache-2.0 */
/*
 * port.h - the reader's name as libnfc takes it, and the port in it.
 *
 *     pn532_uart:/dev/ttyUSB0   pn532_uart:/dev/ttyUSB0:115200   pn53x_usb
 */
#ifndef READER_PORT_H
#define READER_PORT_H

#include <stdbool.h>

#define PORT_NAME_MAX 256	/* its zero included */
#define PORT_NAME_WRONG \
	"is not a reader's name: give its driver and its port, for example " \
	"pn532_uart:/dev/ttyUSB0"

/* Is it a driver that libnfc has, with a port where it needs one? */
bool port_name_ok(const char *name);
/* The path in it; "" where there is none, as on USB. */
void port_path(const char *name, char out[static PORT_NAME_MAX]);
/* Has another process, one that we may look into, this port open? */
bool port_is_held(const char *path);

#endif
