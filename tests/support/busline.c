// SPDX-License-Identifier: Apache-2.0
/*
 * busline.c - LD_PRELOADed, it lets libnfc's drivers pn532_i2c and pn532_spi
 * reach the simulator: a terminal that is asked to be an I2C or SPI device
 * (by ioctl, as the drivers do) is one, with a PN532 behind it that speaks as
 * its user manual says (UM0701-02, 6.2.4 and 6.2.5). Nothing else is changed.
 *
 * BUSLINE_HELD in the environment: a driver of the kernel has the I2C address;
 * BUSLINE_EMPTY: nobody on the bus has it.
 */
/* The C library would have inline functions of the names that are made here. */
#undef _FORTIFY_SOURCE

#include <sys/ioctl.h>
#include <sys/syscall.h>

#include <errno.h>
#include <linux/i2c-dev.h>
#include <linux/spi/spidev.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FDS 1024
#define HEAD 8			/* enough of a frame to know its length */
#define FRAME_MAX 600
#define PN532 0x24		/* its address */

enum { SPI_WRITE = 1, SPI_STATUS = 2, SPI_READ = 3 };

static bool is_bus[FDS];
static uint8_t said[FRAME_MAX];	/* what came from the chip */
static size_t nsaid, taken;	/* so much of the first frame was read */
static bool begun;

static ssize_t
real_read(int fd, void *buf, size_t n)
{
	return (ssize_t)syscall(SYS_read, fd, buf, n);
}

static ssize_t
real_write(int fd, const void *buf, size_t n)
{
	return (ssize_t)syscall(SYS_write, fd, buf, n);
}

/* The length of the frame that the chip has begun to say; 0: not known. */
static size_t
frame_length(void)
{
	if (nsaid < 6)
		return 0;
	if (said[3] == 0 && said[4] == 0xff)		/* an ACK */
		return 6;
	if (said[3] != 0xff || said[4] != 0xff)
		return (size_t)said[3] + 7;
	return nsaid < HEAD ? 0 : (size_t)(said[5] << 8 | said[6]) + 10;
}

/* False: the line is dead. */
static bool
hear(int fd)
{
	struct pollfd p = { fd, POLLIN, 0 };
	ssize_t n;

	while (nsaid < sizeof(said) && poll(&p, 1, 0) > 0) {
		n = real_read(fd, said + nsaid, sizeof(said) - nsaid);
		if (n <= 0)
			return n < 0 && errno == EAGAIN;
		nsaid += (size_t)n;
	}
	return true;
}

static bool
ready(void)
{
	size_t len = frame_length();

	return len != 0 && nsaid >= len;
}

/* The first frame is over: what follows it comes next. */
static void
drop_frame(void)
{
	size_t len = ready() ? frame_length() : nsaid;

	nsaid -= len;
	memmove(said, said + len, nsaid);
	taken = 0;
	begun = false;
}

/* A command; one under way is forgotten, and its answer too. Being addressed
 * wakes a chip that sleeps; one that does not takes this for a preamble. */
static ssize_t
tell(int fd, const uint8_t *ptr, size_t n)
{
	static const uint8_t wake[] = { 0x55, 0x55, 0, 0, 0 };

	if (!hear(fd))
		return -1;
	nsaid = taken = 0;
	begun = false;
	if (real_write(fd, wake, sizeof(wake)) < 0)
		return -1;
	return real_write(fd, ptr, n);
}

/* What was not read of a frame is lost, as on the bus. */
static ssize_t
i2c_read(int fd, uint8_t *buf, size_t n)
{
	size_t len;

	if (!hear(fd)) {
		errno = EREMOTEIO;
		return -1;
	}
	memset(buf, 0, n);
	if (!ready() || n == 0)
		return (ssize_t)n;
	len = frame_length();
	buf[0] = 1;
	memcpy(buf + 1, said, len < n - 1 ? len : n - 1);
	drop_frame();
	return (ssize_t)n;
}

static bool
is_i2c(int fd)
{
	return fd >= 0 && fd < FDS && is_bus[fd];
}

/* Is there nobody to acknowledge the address? */
static bool
is_empty(void)
{
	errno = EREMOTEIO;
	return getenv("BUSLINE_EMPTY") != NULL;
}

static uint8_t
mirror(uint8_t b)
{
	uint8_t out = 0;

	for (int i = 0; i < 8; i++)
		out = (uint8_t)(out << 1 | (b >> i & 1));
	return out;
}

/* Bytes of the frame, from where the last reading ended. The byte under the
 * command to go on reading is shifted out with that command. */
static void
spi_data(uint8_t *rx, size_t n)
{
	if (begun)
		taken++;
	begun = true;
	for (size_t i = 0; i < n; i++, taken++)
		rx[i] = mirror(taken < nsaid ? said[taken] : 0);
	if (ready() && taken >= frame_length())
		drop_frame();
}

static int
spi_message(int fd, const struct spi_ioc_transfer *t, size_t nt)
{
	const struct spi_ioc_transfer *in = &t[nt - 1];
	uint8_t tx[FRAME_MAX], *rx = (uint8_t *)(uintptr_t)in->rx_buf;
	size_t n = t[0].tx_buf != 0 ? t[0].len : 0;
	size_t total = t[0].len + (nt > 1 ? t[1].len : 0);
	size_t nrx = rx != NULL ? in->len : 0;

	if (n > sizeof(tx) || !hear(fd)) {
		errno = EIO;
		return -1;
	}
	for (size_t i = 0; i < n; i++)
		tx[i] = mirror(((const uint8_t *)(uintptr_t)t[0].tx_buf)[i]);
	if (n == 0)		/* the byte that waits; nothing: high */
		rx[0] = mirror(ready() ? said[taken] : 0xff);
	else if (tx[0] == SPI_WRITE && tell(fd, tx + 1, n - 1) < 0)
		return -1;
	else if (tx[0] == SPI_STATUS && nrx > 0)
		rx[0] = mirror(ready());
	else if (tx[0] == SPI_READ)
		spi_data(rx, nrx);
	return (int)total;
}

static int
i2c_slave(int fd, unsigned long address)
{
	if (getenv("BUSLINE_HELD") != NULL) {
		errno = EBUSY;
		return -1;
	}
	is_bus[fd] = address == PN532;
	return 0;
}

int
ioctl(int fd, unsigned long what, ...)
{
	va_list ap;
	void *arg;

	va_start(ap, what);
	arg = va_arg(ap, void *);
	va_end(ap);
	if (fd < 0 || fd >= FDS || !isatty(fd))
		return (int)syscall(SYS_ioctl, fd, what, arg);
	if (what == I2C_SLAVE)
		return i2c_slave(fd, (unsigned long)(uintptr_t)arg);
	if (_IOC_TYPE(what) != SPI_IOC_MAGIC)
		return (int)syscall(SYS_ioctl, fd, what, arg);
	if (what == SPI_IOC_RD_MAX_SPEED_HZ)
		*(uint32_t *)arg = 1000000;
	if (_IOC_NR(what) == 0)
		return spi_message(fd, arg, _IOC_SIZE(what) /
		    sizeof(struct spi_ioc_transfer));
	return 0;
}

ssize_t
read(int fd, void *buf, size_t n)
{
	if (is_i2c(fd))
		return is_empty() ? -1 : i2c_read(fd, buf, n);
	return real_read(fd, buf, n);
}

ssize_t
write(int fd, const void *buf, size_t n)
{
	if (is_i2c(fd))
		return is_empty() ? -1 : tell(fd, buf, n);
	return real_write(fd, buf, n);
}

int
close(int fd)
{
	if (fd >= 0 && fd < FDS)
		is_bus[fd] = false;
	return (int)syscall(SYS_close, fd);
}
