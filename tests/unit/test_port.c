// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <sys/stat.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "reader/cause.h"
#include "reader/port.h"
#include "reader/usb.h"

static char sys[] = "/tmp/badgeward-usb-XXXXXX";

static void
every_driver_has_its_port(void **state)
{
	(void)state;
	assert_true(port_name_ok("pn532_uart:/dev/ttyUSB0"));
	assert_true(port_name_ok("pn532_uart:/dev/ttyUSB0:115200"));
	assert_true(port_name_ok("pn532_i2c:/dev/i2c-1"));
	assert_true(port_name_ok("pn532_spi:/dev/spidev0.0:500000"));
	assert_true(port_name_ok("pn53x_usb"));
	assert_true(port_name_ok("pn53x_usb:001"));
	assert_true(port_name_ok("acr122_usb:001:004"));
	assert_false(port_name_ok("pn532_i2c"));
	assert_false(port_name_ok("pn532_spi:spidev0.0"));
	assert_false(port_name_ok("pn53x_usb:"));
	assert_false(port_name_ok("pn53x_usb:1:4"));
	assert_false(port_name_ok("pn53x_usb:001:004:7"));
	assert_false(port_name_ok("pn53x_usb:/dev/ttyUSB0"));
	assert_false(port_name_ok("pcsc:ACS"));
	assert_int_equal(port_kind("pn532_i2c:/dev/i2c-1"), PORT_I2C);
	assert_int_equal(port_kind("pn532_spi:/dev/spidev0.0"), PORT_SPI);
	assert_int_equal(port_kind("acr122_usb"), PORT_USB);
	assert_int_equal(port_kind("arygon:/dev/ttyUSB0"), PORT_SERIAL);
}

static void
every_cause_has_its_words(void **state)
{
	const enum reader_cause first = READER_CAUSE_STARTING;

	(void)state;
	for (enum reader_cause a = first; a <= READER_CAUSE_KERNEL; a++)
		for (enum reader_cause b = first; b < a; b++) {
			assert_string_not_equal(reader_cause_name(a),
			    reader_cause_name(b));
			assert_string_not_equal(reader_cause_says(a),
			    reader_cause_says(b));
		}
}

static void
put(const char *device, const char *file, const char *text)
{
	char path[200];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s/%s", sys, device, file);
	assert_non_null(f = fopen(path, "w"));
	fprintf(f, "%s\n", text);
	fclose(f);
}

/* A device as sysfs shows it, whose interface this driver has. */
static void
plug(const char *device, const char *vendor, const char *product,
    const char *bus, const char *dev, const char *driver)
{
	char path[200], target[64];

	snprintf(path, sizeof(path), "%s/%s", sys, device);
	assert_int_equal(mkdir(path, 0700), 0);
	put(device, "idVendor", vendor);
	put(device, "idProduct", product);
	put(device, "busnum", bus);
	put(device, "devnum", dev);
	snprintf(path, sizeof(path), "%s/%s/%s:1.0", sys, device, device);
	assert_int_equal(mkdir(path, 0700), 0);
	if (driver == NULL)
		return;
	snprintf(path, sizeof(path), "%s/%s/%s:1.0/driver", sys, device,
	    device);
	snprintf(target, sizeof(target), "../../../bus/usb/drivers/%s",
	    driver);
	assert_int_equal(symlink(target, path), 0);
}

static void
finds(const char *name, const char *full, const char *node,
    enum usb_holder holder)
{
	struct usb_reader r;

	assert_ok(usb_find(sys, name, &r));
	assert_string_equal(r.name, full);
	assert_string_equal(r.node, node);
	assert_int_equal(r.holder, holder);
}

static void
finds_none(const char *name)
{
	struct usb_reader r;

	assert_err(usb_find(sys, name, &r), BW_ERR_NOTFOUND);
	assert_string_equal(r.name, "");
}

static void
a_usb_reader_is_found_by_its_numbers(void **state)
{
	char command[64];

	(void)state;
	finds_none("pn53x_usb");
	assert_non_null(mkdtemp(sys));
	plug("usb1", "1d6b", "0002", "1", "1", "hub");
	plug("1-1", "0627", "0001", "1", "2", "usbhid");
	finds_none("pn53x_usb");
	finds_none("acr122_usb");
	plug("1-4.2", "04e6", "5591", "1", "12", NULL);
	plug("1-3", "04cc", "2533", "1", "7", "pn533_usb");
	plug("2-1", "072f", "2200", "2", "3", "usbfs");
	finds("pn53x_usb", "pn53x_usb:001:007", "/dev/bus/usb/001/007",
	    USB_KERNEL);
	finds("pn53x_usb:001:012", "pn53x_usb:001:012",
	    "/dev/bus/usb/001/012", USB_FREE);
	finds("acr122_usb", "acr122_usb:002:003", "/dev/bus/usb/002/003",
	    USB_PROGRAM);
	finds("acr122_usb:002", "acr122_usb:002:003", "/dev/bus/usb/002/003",
	    USB_PROGRAM);
	finds_none("acr122_usb:001");
	finds_none("pn53x_usb:002:003");
	snprintf(command, sizeof(command), "rm -r %s", sys);
	assert_int_equal(system(command), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_driver_has_its_port),
		cmocka_unit_test(every_cause_has_its_words),
		cmocka_unit_test(a_usb_reader_is_found_by_its_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
