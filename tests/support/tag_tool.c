// SPDX-License-Identifier: Apache-2.0
/*
 * tag_tool - the badge writer's library from the command line, for tests.
 *
 *     tag_tool CONNSTRING MS              find: "<uid> <type> <room>"
 *     tag_tool CONNSTRING MS FILE [UID]   find, then write the file to the tag
 *                                         found, or to the one with this UID
 *
 * The last line is "<result> <sentence>"; the exit code is the result.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "tools/tagwriter.h"

static enum tagwriter_result
work(struct tagwriter *w, int argc, char **argv)
{
	struct bw_buf image = BW_BUF_INIT(4096);
	struct tagwriter_tag tag;
	enum tagwriter_result result;
	char uid[TEXT_HEX_SIZE(BADGE_UID)];

	result = tagwriter_find(w, (unsigned)atoi(argv[2]), &tag);
	if (result == TAGWRITER_OK) {
		text_hex(tag.uid, BADGE_UID, uid);
		printf("%s %s %zu\n", uid, tag.type, tag.room);
		fflush(stdout);
	}
	if (result != TAGWRITER_OK || argc < 4)
		return result;
	if (argc == 5 && text_unhex(argv[4], tag.uid, BADGE_UID) != BW_OK)
		return TAGWRITER_SYSTEM;
	if (file_read(argv[3], &image) != BW_OK)
		return TAGWRITER_SYSTEM;
	result = tagwriter_write(w, tag.uid, image.ptr, image.len);
	bw_buf_free(&image);
	return result;
}

int
main(int argc, char **argv)
{
	struct tagwriter *w;
	enum tagwriter_result result;

	if (argc < 3 || argc > 5)
		return 99;
	result = tagwriter_open(&w, argv[1]);
	if (result == TAGWRITER_OK)
		result = work(w, argc, argv);
	tagwriter_close(&w);
	printf("%d %s\n", (int)result, tagwriter_sentence(result));
	return (int)result;
}
