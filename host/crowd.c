// SPDX-License-Identifier: Apache-2.0
#include "host/crowd.h"

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/address.h"

#define LISTS 1024u	/* power of two */

/* The connections there may be at once bound how long a list gets. */
struct group {
	struct group *next;
	unsigned n;
	char source[ADDRESS_SOURCE_MAX];
};

struct crowd {
	pthread_mutex_t lock;
	struct group *list[LISTS];
};

bw_err
crowd_open(struct crowd **out)
{
	struct crowd *c;

	*out = NULL;
	if ((c = calloc(1, sizeof(*c))) == NULL)
		return BW_ERR_NOMEM;
	pthread_mutex_init(&c->lock, NULL);
	*out = c;
	return BW_OK;
}

void
crowd_close(struct crowd **c)
{
	if (*c == NULL)
		return;
	for (size_t i = 0; i < LISTS; i++)
		for (struct group *g = (*c)->list[i], *next; g != NULL;
		    g = next) {
			next = g->next;
			free(g);
		}
	pthread_mutex_destroy(&(*c)->lock);
	free(*c);
	*c = NULL;
}

/* Where the group hangs, or would. */
static struct group **
find(struct crowd *c, const char *source)
{
	uint32_t h = 2166136261u;
	struct group **at;

	for (const char *p = source; *p != 0; p++)
		h = (h ^ (unsigned char)*p) * 16777619u;
	at = &c->list[h % LISTS];
	while (*at != NULL && strcmp((*at)->source, source) != 0)
		at = &(*at)->next;
	return at;
}

unsigned
crowd_join(struct crowd *c, const char *source)
{
	struct group **at;
	unsigned n = 0;

	pthread_mutex_lock(&c->lock);
	at = find(c, source);
	if (*at == NULL && (*at = calloc(1, sizeof(**at))) != NULL)
		snprintf((*at)->source, sizeof((*at)->source), "%s", source);
	if (*at != NULL)
		n = ++(*at)->n;
	pthread_mutex_unlock(&c->lock);
	return n;
}

void
crowd_leave(struct crowd *c, const char *source)
{
	struct group **at, *gone = NULL;

	pthread_mutex_lock(&c->lock);
	at = find(c, source);
	if (*at != NULL && --(*at)->n == 0) {
		gone = *at;
		*at = gone->next;
	}
	pthread_mutex_unlock(&c->lock);
	free(gone);
}
