// SPDX-License-Identifier: Apache-2.0
/* Apart, because <search.h> has a struct entry of its own. */
#include "host/keyset.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

static int
compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

bw_err
keyset_add(void **set, const char *key, bool *again)
{
	char *own = strdup(key), **node;

	*again = false;
	if (own == NULL)
		return BW_ERR_NOMEM;
	node = tsearch(own, set, compare);
	*again = node != NULL && *node != own;
	if (node == NULL || *again)
		free(own);
	return node == NULL ? BW_ERR_NOMEM : BW_OK;
}

void
keyset_free(void **set)
{
	tdestroy(*set, free);
	*set = NULL;
}
