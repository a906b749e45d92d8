// SPDX-License-Identifier: Apache-2.0
#include "speech/say.h"

#include <espeak-ng/speak_lib.h>
#include <fcntl.h>
#include <pcaudiolib/audio.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

#define WAV_MAX ((size_t)64 * 1024 * 1024)	/* half an hour */
#define WAV_HEAD 44

/* The library gives its callback no argument of ours. */
static struct bw_buf samples;		/* for a file */
static struct audio_object *card;	/* or what plays them */
static bw_err failed;

static int
take(short *wave, int n, espeak_EVENT *events)
{
	size_t len = n > 0 ? (size_t)n * sizeof(*wave) : 0;

	(void)events;
	if (wave == NULL || len == 0 || failed != BW_OK)
		return failed != BW_OK;
	if (card == NULL)
		failed = bw_buf_put(&samples, wave, len);
	else if (audio_object_write(card, wave, len) != 0)
		failed = BW_ERR_GONE;
	return failed != BW_OK;
}

/* The libraries of sound complain at length about every card and server that
 * is not there. */
static int
hush(void)
{
	int kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (kept != -1 && null != -1)
		dup2(null, STDERR_FILENO);
	if (null != -1)
		close(null);
	return kept;
}

static void
speak_up(int kept)
{
	if (kept == -1)
		return;
	dup2(kept, STDERR_FILENO);
	close(kept);
}

static bw_err
open_card(uint32_t rate)
{
	card = create_audio_device_object(NULL, "Badgeward", "speech");
	if (card == NULL)
		return BW_ERR_GONE;
	return audio_object_open(card, AUDIO_OBJECT_FORMAT_S16LE, rate, 1) ==
	    0 ? BW_OK : BW_ERR_GONE;
}

static void
close_card(void)
{
	if (card == NULL)
		return;
	audio_object_close(card);
	audio_object_destroy(card);
	card = NULL;
}

static void
le32(uint8_t *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> (8 * i));
}

/* 16 bits, one channel. */
static bw_err
write_wav(int fd, uint32_t rate)
{
	uint8_t h[WAV_HEAD] = "RIFF....WAVEfmt "
	    "\20\0\0\0\1\0\1\0........\2\0\20\0data";
	size_t done = 0;

	le32(h + 4, (uint32_t)samples.len + WAV_HEAD - 8);
	le32(h + 24, rate);
	le32(h + 28, rate * 2);
	le32(h + 40, (uint32_t)samples.len);
	if (write(fd, h, sizeof(h)) != (ssize_t)sizeof(h))
		return BW_ERR_IO;
	while (done < samples.len) {
		ssize_t n = write(fd, samples.ptr + done, samples.len - done);

		if (n <= 0)
			return BW_ERR_IO;
		done += (size_t)n;
	}
	return BW_OK;
}

/* The library's voices go by the main part of a tag; its Chinese is
 * Mandarin. */
static bw_err
set_voice(const char *lang)
{
	char name[16];

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(lang, "-"), lang);
	if (strcmp(name, "zh") == 0)
		snprintf(name, sizeof(name), "cmn");
	return espeak_SetVoiceByName(name) == EE_OK ? BW_OK :
	    BW_ERR_NOTFOUND;
}

static bw_err
synthesize(const char *ssml)
{
	espeak_SetSynthCallback(take);
	espeak_SetParameter(espeakRATE, SAY_RATE, 0);
	if (espeak_Synth(ssml, strlen(ssml) + 1, 0, POS_CHARACTER, 0,
	    espeakCHARS_UTF8 | espeakSSML, NULL, NULL) != EE_OK &&
	    failed == BW_OK)
		return BW_ERR_IO;
	if (card != NULL && failed == BW_OK && audio_object_drain(card) != 0)
		return BW_ERR_GONE;
	return failed;
}

bw_err
say(const char *lang, const char *ssml, int wav)
{
	int kept = hush();
	int rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL,
	    espeakINITIALIZE_DONT_EXIT);
	bw_err r;

	if (rate <= 0) {
		speak_up(kept);
		return BW_ERR_IO;
	}
	samples = BW_BUF_INIT(WAV_MAX);
	failed = BW_OK;
	if ((r = set_voice(lang)) == BW_OK &&
	    (wav != -1 || (r = open_card((uint32_t)rate)) == BW_OK) &&
	    (r = synthesize(ssml)) == BW_OK && wav != -1)
		r = write_wav(wav, (uint32_t)rate);
	close_card();
	espeak_Terminate();
	bw_buf_free(&samples);
	speak_up(kept);
	return r;
}
