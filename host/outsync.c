// SPDX-License-Identifier: Apache-2.0
#include "host/outsync.h"

#include <errno.h>
#include <fcntl.h>

/* How the one before went; errno is why not. */
static bw_err
result(struct outsync *s)
{
	int why = aio_error(&s->cb);

	s->busy = false;
	if (aio_return(&s->cb) == 0)
		return BW_OK;
	errno = why;
	return errno == ENOSPC || errno == EDQUOT ? BW_ERR_FULL : BW_ERR_IO;
}

bw_err
outsync_wrote(struct outsync *s, size_t n)
{
	bw_err r = BW_OK;

	s->len += n;
	if (s->len < OUTSYNC_EVERY)
		return BW_OK;
	if (s->busy && aio_error(&s->cb) == EINPROGRESS)
		return BW_OK;
	if (s->busy && (r = result(s)) != BW_OK)
		return r;
	s->len = 0;
	s->cb = (struct aiocb){ .aio_fildes = s->fd,
		.aio_sigevent.sigev_notify = SIGEV_NONE };
	/* Where none can begin, the one at the end does it all. */
	s->busy = aio_fsync(O_DSYNC, &s->cb) == 0;
	return BW_OK;
}

void
outsync_end(struct outsync *s)
{
	const struct aiocb *list[] = { &s->cb };

	while (s->busy && aio_error(&s->cb) == EINPROGRESS)
		(void)aio_suspend(list, 1, NULL);
}

bw_err
outsync_wait(struct outsync *s)
{
	outsync_end(s);
	return s->busy ? result(s) : BW_OK;
}
