// SPDX-License-Identifier: Apache-2.0
#include "reader/reader_nfc.h"

#include <sys/file.h>
#include <sys/ioctl.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/i2c-dev.h>
#include <nfc/nfc.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "reader/port.h"
#include "reader/usb.h"

/* libnfc does not say why it cannot open a port. Only for silence it waits as
 * long as this, and 1,400 ms at least. */
#define SILENCE_MS 1000

/* Of one tag command: a FAST_READ of 62 pages at 115,200 baud takes 50 ms.
 * Never 0, which blocks for ever. libnfc's USB drivers take 200 ms off what
 * they are given. */
#define COMMAND_MS 300
#define COMMAND_USB_MS (COMMAND_MS + 200)

#define PN532_I2C 0x24		/* its address */

/* One who only sweeps the field off has the port for so long at most, but for
 * a silent chip. */
#define SWEEP_MS 300
#define REST_MS 5

struct reader_nfc {
	char given[PORT_NAME_MAX];
	char connstring[READER_NFC_CONNSTRING_MAX];	/* what libnfc opens */
	enum port_kind kind;
	char port[PORT_NAME_MAX];	/* its node; empty: no such USB */
	nfc_context *context;
	nfc_device *device;	/* NULL while closed */
	int lock;		/* the port, for the lock and to see a hang-up */
	bool initiated;		/* nfc_idle would switch the field off */
};

/* What libnfc returns, as a transport may say it (tag.h). */
static bw_err
from_nfc(int res)
{
	switch (res) {
	case NFC_ERFTRANS:	/* no reply, a NAK, a checksum */
	case NFC_EMFCAUTHFAIL:
	case NFC_ECHIP:
	case NFC_ETGRELEASED:
	case NFC_EINVARG:	/* the chip has no target any more */
	case NFC_EOVFLOW:
		return BW_ERR_GONE;
	case NFC_ETIMEOUT:
		return BW_ERR_TIMEOUT;
	default:
		return res < 0 ? BW_ERR_IO : BW_OK;
	}
}

/* For commands to the chip itself there is no tag to blame. */
static bw_err
from_chip(int res)
{
	bw_err r = from_nfc(res);

	return r == BW_ERR_GONE ? BW_ERR_IO : r;
}

static bool
lock_in_time(int fd)
{
	const int64_t until = clock_mono_ms() + SWEEP_MS;
	int r;

	while ((r = flock(fd, LOCK_EX | LOCK_NB)) == -1 &&
	    errno == EWOULDBLOCK && clock_mono_ms() < until)
		(void)poll(NULL, 0, REST_MS);
	return r == 0;
}

/* A reader on USB has another node each time that it is plugged in. */
static bw_err
find_port(struct reader_nfc *n, enum reader_cause *why)
{
	struct usb_reader usb;

	if (n->kind != PORT_USB)
		return BW_OK;
	n->port[0] = '\0';
	*why = READER_CAUSE_ABSENT;
	if (usb_find(USB_SYSFS, n->given, &usb) != BW_OK)
		return BW_ERR_NOTFOUND;
	*why = usb.holder == USB_KERNEL ? READER_CAUSE_KERNEL :
	    READER_CAUSE_IN_USE;
	if (usb.holder != USB_FREE)
		return BW_ERR_BUSY;
	strcpy(n->port, usb.node);
	strcpy(n->connstring, usb.name);
	return BW_OK;
}

static enum reader_cause
why_not_opened(int error)
{
	switch (error) {
	case EBUSY:		/* another has opened it for it alone */
		return READER_CAUSE_IN_USE;
	case EACCES:
	case EPERM:
		return READER_CAUSE_DENIED;
	default:
		return READER_CAUSE_ABSENT;
	}
}

/* Two processes can open one port and corrupt each other: who holds this lock
 * has it. The lock is on the port itself, whatever name it was opened by. Of
 * an I2C bus only the chip's address can be taken, by the kernel. */
static bw_err
lock_port(struct reader_nfc *n, enum reader_cause *why)
{
	n->lock = open(n->port, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (n->lock == -1) {
		*why = why_not_opened(errno);
		return BW_ERR_NOTFOUND;
	}
	if (!lock_in_time(n->lock)) {
		*why = errno == EWOULDBLOCK ? READER_CAUSE_IN_USE :
		    READER_CAUSE_ABSENT;
		return BW_ERR_BUSY;
	}
	*why = READER_CAUSE_KERNEL;
	if (n->kind == PORT_I2C &&
	    ioctl(n->lock, I2C_SLAVE, PN532_I2C) == -1 && errno == EBUSY)
		return BW_ERR_BUSY;
	return BW_OK;
}

static void
chip_close(void *ctx)
{
	struct reader_nfc *n = ctx;

	if (n->device != NULL)
		nfc_close(n->device);
	n->device = NULL;
	n->initiated = false;
	if (n->lock != -1)
		close(n->lock);
	n->lock = -1;
}

/* When its firmware version was lost, libnfc opens the chip with no list of
 * modulations and a later select dies in an assertion. */
static bw_err
check_modulation(struct reader_nfc *n, enum reader_cause *why)
{
	const nfc_modulation_type *list = NULL;

	*why = READER_CAUSE_NO_ANSWER;
	if (nfc_device_get_supported_modulation(n->device, N_INITIATOR,
	    &list) < 0 || list == NULL)
		return BW_ERR_IO;
	*why = READER_CAUSE_WRONG;
	for (size_t i = 0; list[i] != 0; i++)
		if (list[i] == NMT_ISO14443A)
			return BW_OK;
	return BW_ERR_DENIED;
}

static nfc_device *
open_device(struct reader_nfc *n, enum reader_cause *why)
{
	int64_t began = clock_mono_ms();
	nfc_device *d = nfc_open(n->context, n->connstring);

	*why = n->kind == PORT_SERIAL && clock_mono_ms() - began < SILENCE_MS ?
	    READER_CAUSE_GARBAGE : READER_CAUSE_NO_ANSWER;
	return d;
}

static bw_err
chip_open(void *ctx, enum reader_cause *why)
{
	struct reader_nfc *n = ctx;
	bw_err r;

	if ((r = find_port(n, why)) != BW_OK ||
	    (r = lock_port(n, why)) != BW_OK)
		goto out;
	r = BW_ERR_IO;
	*why = READER_CAUSE_NO_ANSWER;
	if (n->context == NULL)
		nfc_init(&n->context);
	if (n->context == NULL ||
	    (n->device = open_device(n, why)) == NULL)
		goto out;
	if ((r = check_modulation(n, why)) != BW_OK)
		goto out;
	*why = READER_CAUSE_NO_ANSWER;
	r = from_chip(nfc_device_set_property_bool(n->device,
	    NP_ACTIVATE_FIELD, false));
out:
	if (r != BW_OK)
		chip_close(n);
	/* One who takes no lock eats the chip's answers all the same. */
	if (r != BW_OK && *why == READER_CAUSE_NO_ANSWER &&
	    port_is_held(n->port))
		*why = READER_CAUSE_IN_USE;
	return r;
}

static int
chip_watch(void *ctx)
{
	const struct reader_nfc *n = ctx;

	return n->lock;
}

static bw_err
field_on(void *ctx)
{
	struct reader_nfc *n = ctx;
	int res;

	n->initiated = false;
	if ((res = nfc_initiator_init(n->device)) < 0)
		return from_chip(res);
	n->initiated = true;
	if ((res = nfc_device_set_property_bool(n->device, NP_INFINITE_SELECT,
	    false)) < 0 ||
	    (res = nfc_device_set_property_bool(n->device, NP_EASY_FRAMING,
	    false)) < 0)
		return from_chip(res);
	return BW_OK;
}

/* nfc_idle alone does nothing after an init that failed half-way. */
static bw_err
field_off(void *ctx)
{
	struct reader_nfc *n = ctx;
	int res = NFC_EIO;

	if (n->initiated)
		res = nfc_idle(n->device);
	n->initiated = false;
	if (res < 0)
		res = nfc_device_set_property_bool(n->device,
		    NP_ACTIVATE_FIELD, false);
	return from_chip(res);
}

static bw_err
select_tag(void *ctx, struct tag_target *out)
{
	const nfc_modulation type_a = { NMT_ISO14443A, NBR_106 };
	struct reader_nfc *n = ctx;
	nfc_target t;
	int res;

	memset(out, 0, sizeof(*out));
	memset(&t, 0, sizeof(t));
	res = nfc_initiator_select_passive_target(n->device, type_a, NULL, 0,
	    &t);
	if (res < 0 && from_nfc(res) != BW_ERR_GONE)
		return from_nfc(res);
	if (res <= 0 || t.nti.nai.szUidLen > TAG_UID_MAX)
		return BW_ERR_NOTFOUND;
	out->uid_len = t.nti.nai.szUidLen;
	memcpy(out->uid, t.nti.nai.abtUid, out->uid_len);
	out->sak = t.nti.nai.btSak;
	explicit_bzero(&t, sizeof(t));
	return BW_OK;
}

static bw_err
deselect_tag(void *ctx)
{
	struct reader_nfc *n = ctx;

	return from_nfc(nfc_initiator_deselect_target(n->device));
}

static int
command_ms(const struct reader_nfc *n)
{
	return n->kind == PORT_USB ? COMMAND_USB_MS : COMMAND_MS;
}

static bw_err
transceive(void *ctx, const uint8_t *tx, size_t txlen,
    uint8_t rx[static TAG_REPLY_MAX], size_t *len)
{
	struct reader_nfc *n = ctx;
	int res;

	*len = 0;
	res = nfc_initiator_transceive_bytes(n->device, tx, txlen, rx,
	    TAG_REPLY_MAX, command_ms(n));
	if (res < 0)
		return from_nfc(res);
	*len = (size_t)res;
	return BW_OK;
}

bw_err
reader_nfc_write_page(struct reader_nfc *n, uint8_t page,
    const uint8_t data[static 4])
{
	const uint8_t cmd[] = { 0xa2, page, data[0], data[1], data[2],
		data[3] };
	int res, back;

	res = nfc_device_set_property_bool(n->device, NP_EASY_FRAMING, true);
	if (res >= 0)
		res = nfc_initiator_transceive_bytes(n->device, cmd,
		    sizeof(cmd), NULL, 0, command_ms(n));
	back = nfc_device_set_property_bool(n->device, NP_EASY_FRAMING,
	    false);
	return from_nfc(res < 0 ? res : back);
}

bw_err
reader_nfc_open(struct reader_nfc **out, const char *connstring,
    struct chip *chip)
{
	struct reader_nfc *n;

	*out = NULL;
	if (!port_name_ok(connstring))
		return BW_ERR_ARG;
	if ((n = calloc(1, sizeof(*n))) == NULL)
		return BW_ERR_NOMEM;
	strcpy(n->given, connstring);
	strcpy(n->connstring, connstring);
	n->kind = port_kind(connstring);
	port_path(connstring, n->port);
	n->lock = -1;
	/* Its faults come back as results; its log would only repeat them. */
	setenv("LIBNFC_LOG_LEVEL", "0", 1);
	unsetenv("LIBNFC_DEVICE");
	unsetenv("LIBNFC_DEFAULT_DEVICE");
	setenv("LIBNFC_AUTO_SCAN", "false", 1);
	*chip = (struct chip){
		{ n, field_on, field_off, select_tag, deselect_tag,
		    transceive },
		chip_open, chip_close, chip_watch
	};
	*out = n;
	return BW_OK;
}

void
reader_nfc_close(struct reader_nfc **n)
{
	if (*n == NULL)
		return;
	chip_close(*n);
	if ((*n)->context != NULL)
		nfc_exit((*n)->context);
	free(*n);
	*n = NULL;
}
