/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usb.h - the readers that libnfc drives by USB, as the kernel lists them.
 *
 * Of a driver's bare name libnfc takes the first device that it can open,
 * whatever that is: a hub, a keyboard; acr122_usb resets it first. So we look
 * for the reader by its maker's numbers and give libnfc its place.
 */
#ifndef READER_USB_H
#define READER_USB_H

#include "base/err.h"
#include "reader/port.h"

#define USB_SYSFS "/sys/bus/usb/devices"
#define USB_NODE_SIZE 32	/* "/dev/bus/usb/001/004" */

enum usb_holder {
	USB_FREE,
	USB_PROGRAM,		/* a program has claimed it */
	USB_KERNEL		/* a driver of the kernel has it */
};

struct usb_reader {
	char name[PORT_NAME_MAX];	/* "pn53x_usb:001:004" */
	char node[USB_NODE_SIZE];
	enum usb_holder holder;
};

/* Find the reader of this name ("pn53x_usb", "pn53x_usb:001:004") below sys,
 * which is USB_SYSFS; of several the one with the lowest numbers.
 * BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err usb_find(const char *sys, const char *name,
    struct usb_reader *out);

#endif
