/* SPDX-License-Identifier: Apache-2.0 */
/*
 * port.h - the reader's name as libnfc takes it, and the port in it.
 *
 *     pn532_uart:/dev/ttyUSB0   pn532_uart:/dev/ttyUSB0:115200
 *     pn532_i2c:/dev/i2c-1      pn532_spi:/dev/spidev0.0
 *     pn53x_usb                 acr122_usb:001:004     (usb.h finds these)
 */
#ifndef READER_PORT_H
#define READER_PORT_H

#include <stdbool.h>

#define PORT_NAME_MAX 256	/* its zero included */
#define PORT_NAME_WRONG \
	"is not a reader's name: give its driver and its port, for example " \
	"pn532_uart:/dev/ttyUSB0"

enum port_kind { PORT_SERIAL, PORT_I2C, PORT_SPI, PORT_USB };

/* Of a name that port_name_ok takes. */
enum port_kind port_kind(const char *name);
/* Is it a driver that libnfc has, with a port where it needs one? */
bool port_name_ok(const char *name);
/* The path in it; "" where there is none, as on USB. */
void port_path(const char *name, char out[static PORT_NAME_MAX]);
/* Has another process, one that we may look into, this port open? */
bool port_is_held(const char *path);

#endif
