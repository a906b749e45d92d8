// SPDX-License-Identifier: Apache-2.0
#include "kiosk/enrol_file.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"

/* Blanks and line ends behind it, whichever system they come from. */
static size_t
line_length(const uint8_t *s, size_t n)
{
	while (n > 0 && (s[n - 1] == '\n' || s[n - 1] == '\r' ||
	    s[n - 1] == ' ' || s[n - 1] == '\t'))
		n--;
	return n;
}

static bw_err
read_one(const char *path, char line[static ENROL_ADDRESS_MAX + 1])
{
	struct bw_buf b = BW_BUF_INIT(ENROL_ADDRESS_MAX + 16);
	bw_err r;
	size_t n;

	line[0] = '\0';
	if ((r = file_read(path, &b)) == BW_OK) {
		n = line_length(b.ptr, b.len);
		if (n > ENROL_ADDRESS_MAX)
			r = BW_ERR_BOUND;
		else if (n > 0 && memchr(b.ptr, 0, n) != NULL)
			r = BW_ERR_FORMAT;
		else if (n > 0)
			memcpy(line, b.ptr, n);
		line[r == BW_OK ? n : 0] = '\0';
	}
	bw_buf_free(&b);
	return r;
}

bw_err
enrol_file_read(const char *const *files,
    char line[static ENROL_ADDRESS_MAX + 1])
{
	bw_err r = BW_ERR_NOTFOUND;

	line[0] = '\0';
	for (; files != NULL && *files != NULL; files++) {
		if ((r = read_one(*files, line)) == BW_ERR_NOTFOUND)
			continue;
		if (r == BW_OK)
			log_info("taking the enrol address in %s", *files);
		else
			log_error("the enrol address in %s cannot be read: %s",
			    *files, bw_strerror(r));
		return r;
	}
	return r;
}

static bool
holds(const char *path, const char *id)
{
	char line[ENROL_ADDRESS_MAX + 1], its[ENROL_ID_HEX] = "";
	struct enrol_address a = { .base = "" };
	bool same;

	same = read_one(path, line) == BW_OK &&
	    enrol_address_parse(line, strlen(line), &a) == BW_OK &&
	    enrol_id(a.code, its) == BW_OK && strcmp(its, id) == 0;
	explicit_bzero(&a, sizeof(a));
	explicit_bzero(line, sizeof(line));
	return same;
}

void
enrol_file_forget(const char *const *files, const char *id)
{
	bw_err r;

	for (; files != NULL && *files != NULL; files++) {
		if (!holds(*files, id))
			continue;
		if ((r = file_remove(*files)) == BW_OK)
			log_info("%s is removed: its address is used up",
			    *files);
		else
			log_warn("%s cannot be removed: %s. Its address is used "
			    "up, the host takes it no second time; remove the "
			    "file when you can.", *files, r == BW_ERR_IO ?
			    strerror(errno) : bw_strerror(r));
	}
}
