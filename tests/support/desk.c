// SPDX-License-Identifier: Apache-2.0
/*
 * desk - the host's half of the badge desk for tests, a line in and a line out:
 *
 *	desk DIR
 *	post WHAT STATION OWNER JSON	-> STATUS JSON
 *	order STATION REGISTRATION [pointer] [reissue] [overwrite]
 *					-> JOB or ERROR
 *	cancel STATION JOB		-> ok or ERROR
 *	get STATION			-> STATE WHY EDITION TYPE LIVE SAID
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "host/api/station_api.h"

struct desk {
	struct stations *stations;
	struct hostdir *dir;
	struct store *store;
};

static void
post(struct desk *d, char *what, char *station, char *owner, char *json)
{
	struct station_call c = { .stations = d->stations, .store = d->store,
		.dir = d->dir, .owner = owner, .station = station,
		.body = json, .len = strlen(json), .now = clock_wall(),
		.out = BW_BUF_INIT(STATION_ANSWER_MAX) };

	if (strcmp(what, "poll") == 0)
		station_post_poll(&c);
	else if (strcmp(what, "state") == 0)
		station_post_state(&c);
	else
		station_post_tag(&c);
	printf("%u %.*s\n", c.status, (int)c.out.len,
	    c.out.ptr != NULL ? (const char *)c.out.ptr : "");
	bw_buf_free(&c.out);
}

static void
order(struct desk *d, char *station, char *registration, char *how)
{
	struct station_order o = { .registration = strtoull(registration,
	    NULL, 10), .fields = strstr(how, "pointer") != NULL ? 0 :
	    FIELD_ALL, .reissue = strstr(how, "reissue") != NULL,
	    .overwrite = strstr(how, "overwrite") != NULL };
	uint64_t job;
	bw_err r = station_order(d->stations, station, &o, clock_wall(),
	    &job);

	if (r == BW_OK)
		printf("%" PRIu64 "\n", job);
	else
		puts(bw_strerror(r));
}

static void
get(struct desk *d, char *name)
{
	struct station s;

	if (station_get(d->stations, name, clock_wall(), &s) != BW_OK)
		puts("none");
	else
		printf("%s %s %u %s %s %s\n", station_state_name(s.state),
		    s.why[0] != '\0' ? s.why : "-", s.edition,
		    s.type[0] != '\0' ? s.type : "-", s.live ? "live" : "gone",
		    s.said.text);
}

static void
obey(struct desk *d, char *line)
{
	char *rest = line, *word[5];

	for (int i = 0; i < 5; i++)
		word[i] = i < 4 ? strsep(&rest, " ") : rest;
	for (int i = 0; i < 5; i++)
		if (word[i] == NULL)
			word[i] = strchr(line, '\0');
	if (strcmp(word[0], "post") == 0)
		post(d, word[1], word[2], word[3], word[4]);
	else if (strcmp(word[0], "order") == 0)
		order(d, word[1], word[2], word[3]);
	else if (strcmp(word[0], "cancel") == 0)
		puts(bw_strerror(station_cancel(d->stations, word[1],
		    strtoull(word[2], NULL, 10), clock_wall())));
	else
		get(d, word[1]);
	fflush(stdout);
}

int
main(int argc, char **argv)
{
	static char line[16384];
	struct desk d = { 0 };
	const char *why;

	if (argc != 2 || stations_open(&d.stations) != BW_OK ||
	    hostdir_open(&d.dir, argv[1], &why) != BW_OK ||
	    store_open(&d.store, d.dir->db_path) != BW_OK)
		return 1;
	while (fgets(line, sizeof(line), stdin) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		obey(&d, line);
	}
	store_close(&d.store);
	hostdir_close(&d.dir);
	stations_close(&d.stations);
	return 0;
}
