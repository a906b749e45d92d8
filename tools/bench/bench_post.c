// SPDX-License-Identifier: Apache-2.0
/*
 * bench_post - sends what bench_log made, through the uplink's own client.
 *
 *	bench_post BASE-URL OUT...	prints seconds, from the first byte sent
 *					to the last answer
 *
 * Every OUT is a device: a thread and a connection of its own, its uploads in
 * turn. Everything is read into memory before the clock starts.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "record/jws.h"
#include "record/checkpoint.h"
#include "record/upload.h"
#include "uplink/client.h"

struct one {
	struct bw_buf body, token;
	char url[256];
};

struct device {
	pthread_t thread;
	pthread_barrier_t *start;
	struct client *client;
	struct one *upload;
	size_t n;
};

static void
must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "bench_post: %s\n", what);
	exit(1);
}

static void
read_one(const char *base, const char *out, const char *name, struct one *u)
{
	char path[FILE_PATH_MAX];
	size_t stem = strlen(name) - strlen(".cbor");
	unsigned long long from = strtoull(name + strlen("up-"), NULL, 10);

	*u = (struct one){ .body = BW_BUF_INIT(UPLOAD_MAX),
		.token = BW_BUF_INIT(JWS_REQUEST_MAX) };
	snprintf(u->url, sizeof(u->url), "%s/v1/device/log?from=%llu", base,
	    from);
	snprintf(path, sizeof(path), "%s/%s", out, name);
	must(file_read(path, &u->body) == BW_OK, path);
	snprintf(path, sizeof(path), "%s/%.*s.jws", out, (int)stem, name);
	must(file_read(path, &u->token) == BW_OK, path);
}

static void
read_all(const char *base, const char *out, struct device *d)
{
	struct file_list files;

	must(file_list(out, &files) == BW_OK, out);
	must((d->upload = calloc(files.n, sizeof(*d->upload))) != NULL, out);
	for (size_t i = 0; i < files.n; i++)
		if (strncmp(files.name[i], "up-", 3) == 0 &&
		    strstr(files.name[i], ".cbor") != NULL)
			read_one(base, out, files.name[i],
			    &d->upload[d->n++]);
	must(d->n != 0, "no uploads in there");
}

static void *
post_all(void *arg)
{
	struct device *d = arg;

	pthread_barrier_wait(d->start);
	for (size_t i = 0; i < d->n; i++) {
		struct client_reply reply;
		const char *token;
		bw_err r;

		must(bw_buf_cstr(&d->upload[i].token, &token) == BW_OK,
		    "memory");
		r = client_do(d->client, &(struct client_request){
		    .method = "POST", .url = d->upload[i].url,
		    .token = token, .type = "application/cbor-seq",
		    .body = d->upload[i].body.ptr,
		    .len = d->upload[i].body.len }, NOTE_MAX * 2, &reply);
		must(r == BW_OK && reply.status == 200,
		    "an upload was not answered with 200");
		client_reply_free(&reply);
	}
	return NULL;
}

int
main(int argc, char **argv)
{
	size_t n = argc > 2 ? (size_t)argc - 2 : 0;
	static const bool stop = false;
	pthread_barrier_t start;
	struct device *d;
	int64_t began;

	must(n != 0, "usage: bench_post BASE-URL OUT...");
	must((d = calloc(n, sizeof(*d))) != NULL, "memory");
	pthread_barrier_init(&start, NULL, (unsigned)n + 1);
	for (size_t i = 0; i < n; i++) {
		d[i].start = &start;
		must(client_open(&d[i].client, NULL, &stop) == BW_OK, "curl");
		read_all(argv[1], argv[2 + i], &d[i]);
		must(pthread_create(&d[i].thread, NULL, post_all, &d[i]) == 0,
		    "thread");
	}
	pthread_barrier_wait(&start);
	began = clock_mono_us();
	for (size_t i = 0; i < n; i++)
		pthread_join(d[i].thread, NULL);
	printf("%.6f\n", (double)(clock_mono_us() - began) / 1e6);
	return 0;
}
