// SPDX-License-Identifier: Apache-2.0
/*
 * nfc_probe - libnfc at the end of a pipe: one call a line on standard input,
 * "<result> <milliseconds> [<hex>]" a line on standard output. For the tests
 * that compare the simulator with what libnfc is known to do.
 *
 *   open          1 or 0              mods      1: it knows modulations
 *   close         0                   init      nfc_initiator_init
 *   idle          nfc_idle            field B   NP_ACTIVATE_FIELD
 *   infinite B    NP_INFINITE_SELECT  easy B    NP_EASY_FRAMING
 *   select        targets found, and the UID
 *   poll NR PERIOD  nfc_initiator_poll_target for type A
 *   send HEX      the reply's length or an error, and the reply
 */
#include <nfc/nfc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"

static const nfc_modulation type_a = { NMT_ISO14443A, NBR_106 };

struct probe {
	nfc_context *context;
	nfc_device *device;
	uint8_t reply[300];
	size_t nreply;
};

static int
probe_open(struct probe *p, const char *connstring)
{
	p->device = nfc_open(p->context, connstring);
	return p->device != NULL;
}

static int
probe_mods(struct probe *p)
{
	const nfc_modulation_type *types = NULL;
	int r = nfc_device_get_supported_modulation(p->device, N_INITIATOR,
	    &types);

	return r < 0 ? r : types != NULL;
}

static int
probe_close(struct probe *p)
{
	nfc_close(p->device);
	p->device = NULL;
	return 0;
}

static int
keep_uid(struct probe *p, const nfc_target *t, int r)
{
	if (r > 0) {
		p->nreply = t->nti.nai.szUidLen;
		memcpy(p->reply, t->nti.nai.abtUid, p->nreply);
	}
	return r;
}

static int
probe_select(struct probe *p)
{
	nfc_target t;

	return keep_uid(p, &t, nfc_initiator_select_passive_target(p->device,
	    type_a, NULL, 0, &t));
}

static int
probe_poll(struct probe *p, const char *arg)
{
	char *end;
	unsigned long nr = strtoul(arg, &end, 10);
	nfc_target t;

	return keep_uid(p, &t, nfc_initiator_poll_target(p->device, &type_a, 1,
	    (uint8_t)nr, (uint8_t)strtoul(end, NULL, 10), &t));
}

static int
probe_send(struct probe *p, const char *hex)
{
	uint8_t tx[64];
	int r;

	if (text_unhex(hex, tx, strlen(hex) / 2) != BW_OK)
		return -99;
	r = nfc_initiator_transceive_bytes(p->device, tx, strlen(hex) / 2,
	    p->reply, sizeof(p->reply), -1);
	p->nreply = r > 0 ? (size_t)r : 0;
	return r;
}

static int
probe_set(struct probe *p, nfc_property property, const char *arg)
{
	return nfc_device_set_property_bool(p->device, property,
	    arg[0] == '1');
}

static int
call(struct probe *p, const char *connstring, const char *word,
    const char *arg)
{
	if (strcmp(word, "open") == 0)
		return probe_open(p, connstring);
	if (p->device == NULL)
		return -98;
	if (strcmp(word, "mods") == 0)
		return probe_mods(p);
	if (strcmp(word, "close") == 0)
		return probe_close(p);
	if (strcmp(word, "init") == 0)
		return nfc_initiator_init(p->device);
	if (strcmp(word, "idle") == 0)
		return nfc_idle(p->device);
	if (strcmp(word, "select") == 0)
		return probe_select(p);
	if (strcmp(word, "poll") == 0)
		return probe_poll(p, arg);
	if (strcmp(word, "send") == 0)
		return probe_send(p, arg);
	if (strcmp(word, "field") == 0)
		return probe_set(p, NP_ACTIVATE_FIELD, arg);
	if (strcmp(word, "infinite") == 0)
		return probe_set(p, NP_INFINITE_SELECT, arg);
	if (strcmp(word, "easy") == 0)
		return probe_set(p, NP_EASY_FRAMING, arg);
	return -97;
}

int
main(int argc, char **argv)
{
	struct probe p = { .device = NULL };
	char line[256], hex[2 * sizeof(p.reply) + 1];

	if (argc != 2)
		return 2;
	nfc_init(&p.context);
	while (fgets(line, sizeof(line), stdin) != NULL) {
		char *arg = line + strcspn(line, " \n");
		int64_t begin = clock_mono_ms();
		int r;

		if (*arg != 0)
			*arg++ = 0;
		arg[strcspn(arg, "\n")] = 0;
		p.nreply = 0;
		r = call(&p, argv[1], line, arg);
		text_hex(p.reply, p.nreply, hex);
		printf("%d %d %s\n", r, (int)(clock_mono_ms() - begin), hex);
		fflush(stdout);
	}
	if (p.device != NULL)
		nfc_close(p.device);
	nfc_exit(p.context);
	return 0;
}
