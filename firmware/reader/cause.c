// SPDX-License-Identifier: Apache-2.0
#include "reader/cause.h"

const char *
reader_cause_name(enum reader_cause c)
{
	switch (c) {
	case READER_CAUSE_STARTING:
		return "starting";
	case READER_CAUSE_ABSENT:
		return "absent";
	case READER_CAUSE_IN_USE:
		return "in use";
	case READER_CAUSE_NO_ANSWER:
		return "silent";
	case READER_CAUSE_WRONG:
		return "wrong chip";
	case READER_CAUSE_CRASHED:
		return "crashed";
	case READER_CAUSE_GARBAGE:
		return "garbage";
	case READER_CAUSE_DENIED:
		return "not allowed";
	case READER_CAUSE_KERNEL:
		return "held by the kernel";
	}
	return "unknown";
}

const char *
reader_cause_says(enum reader_cause c)
{
	switch (c) {
	case READER_CAUSE_ABSENT:
		return "there is no such port; is the reader plugged in?";
	case READER_CAUSE_IN_USE:
		return "another process uses this port; stop it first";
	case READER_CAUSE_WRONG:
		return "this chip cannot read badges (ISO 14443 A)";
	case READER_CAUSE_GARBAGE:
		return "what answers makes no sense; check that it is the "
		    "reader's port, its speed and its cable";
	case READER_CAUSE_DENIED:
		return "the port is there, but not for this user; only its "
		    "group may open it";
	case READER_CAUSE_KERNEL:
		return "the kernel's own NFC driver has the reader; unload "
		    "pn533_usb or pn533_i2c";
	case READER_CAUSE_STARTING:
		return "it is starting";
	case READER_CAUSE_CRASHED:
		return "its process ended; it is started again";
	case READER_CAUSE_NO_ANSWER:
		break;
	}
	return "the chip does not answer; check its power and its cable";
}
