// SPDX-License-Identifier: Apache-2.0
/*
 * fake_speech - stands where badgeward-speech stands: it tells a test what it
 * is to say, on the socket $SPEECH_EAR, and goes on "saying" it until the test
 * closes that (all was said), sends a byte (a failure), or it is killed.
 * Without an ear the language says how it behaves: "x-hang", "x-die", else
 * well.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void
put(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t k = write(fd, p, n);

		if (k <= 0)
			exit(1);
		p += k;
		n -= (size_t)k;
	}
}

static int
behave(const char *how)
{
	if (strcmp(how, "x-die") == 0)
		abort();
	while (strcmp(how, "x-hang") == 0)
		pause();
	return 0;
}

int
main(int argc, char **argv)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	const char *path = getenv("SPEECH_EAR");
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	char some[4096];
	ssize_t n;

	if (argc != 2 || (path != NULL && strlen(path) >=
	    sizeof(to.sun_path)))
		return 2;
	if (path == NULL)
		return behave(argv[1]);
	memcpy(to.sun_path, path, strlen(path) + 1);
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0)
		return 1;
	put(fd, argv[1], strlen(argv[1]));
	put(fd, "\n", 1);
	while ((n = read(STDIN_FILENO, some, sizeof(some))) > 0)
		put(fd, some, (size_t)n);
	shutdown(fd, SHUT_WR);
	return read(fd, some, 1) > 0;
}
