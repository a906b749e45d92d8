/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clock.h - the clocks, read only at the edge of a program.
 *
 * Pure code takes time as an argument; a main loop reads it here.
 */
#ifndef BW_CLOCK_H
#define BW_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* CLOCK_MONOTONIC in microseconds and milliseconds. */
int64_t clock_mono_us(void);
int64_t clock_mono_ms(void);
/* CLOCK_BOOTTIME in milliseconds: it goes on while the machine sleeps. */
int64_t clock_boot_ms(void);
/* Unix seconds, and milliseconds. */
int64_t clock_wall(void);
int64_t clock_wall_ms(void);
/* True when the kernel says that the clock is synchronised (adjtimex). */
bool clock_synchronised(void);
/* Which start of the machine this is; "" when it cannot be told. */
#define CLOCK_BOOT_ID 36
void clock_boot_id(char out[static CLOCK_BOOT_ID + 1]);

#endif
