// SPDX-License-Identifier: Apache-2.0
/*
 * replay.c - main for a fuzz target where libFuzzer is not: runs every file of
 * the given directories through it once, as an ordinary test.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"

#define INPUT_MAX (8u * 1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Exactly as long as the file, so that a read past it is noticed. */
static bw_err
replay(const char *dir, const char *name)
{
	struct bw_buf input = BW_BUF_INIT(INPUT_MAX);
	char path[FILE_PATH_MAX];
	uint8_t *exact;
	bw_err r;

	if ((r = file_path(path, dir, name)) != BW_OK ||
	    (r = file_read(path, &input)) != BW_OK)
		goto out;
	r = BW_ERR_NOMEM;
	if ((exact = malloc(input.len != 0 ? input.len : 1)) == NULL)
		goto out;
	if (input.len != 0)
		memcpy(exact, input.ptr, input.len);
	LLVMFuzzerTestOneInput(exact, input.len);
	free(exact);
	r = BW_OK;
out:
	bw_buf_free(&input);
	if (r != BW_OK)
		log_error("%s/%s: %s", dir, name, bw_strerror(r));
	return r;
}

int
main(int argc, char **argv)
{
	size_t done = 0;

	log_open("replay", LOG_LEVEL_INFO);
	for (int i = 1; i < argc; i++) {
		struct file_list names;

		if (file_list(argv[i], &names) != BW_OK) {
			log_error("%s: no such directory", argv[i]);
			return 1;
		}
		for (size_t n = 0; n < names.n; n++, done++)
			if (replay(argv[i], names.name[n]) != BW_OK)
				return 1;
		file_list_free(&names);
	}
	printf("%zu inputs replayed\n", done);
	return done > 0 ? 0 : 1;
}
