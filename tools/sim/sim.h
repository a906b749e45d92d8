/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sim.h - the simulator: chip, tags, port, control socket and trace together.
 */
#ifndef SIM_SIM_H
#define SIM_SIM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "tools/sim/chip.h"
#include "tools/sim/control.h"
#include "tools/sim/pty.h"
#include "tools/sim/tags.h"
#include "tools/sim/trace.h"

/* How tag images are read and written; tests put others in. */
struct sim_files {
	bw_err (*read)(const char *path, struct bw_buf *b);
	bw_err (*write)(const char *path, const void *ptr, size_t len,
	    mode_t mode);
};

struct sim {
	struct chip chip;
	struct tags tags;
	struct pty pty;
	struct trace trace;
	struct control control;
	const struct sim_files *files;
	int64_t now;		/* the time of what is being handled */
	bool quit;
};

struct sim_options {
	const char *link, *control;	/* paths; NULL control: none */
	const char *trace;		/* path or NULL */
	bool pace;
	const char *const *first;	/* control commands to begin with */
	size_t nfirst;
};

/* All of it in memory, without port, socket and trace (link is only named). */
BW_MUST_USE bw_err sim_init(struct sim *s, const char *link);
/* Run until `quit`, SIGINT, SIGTERM or SIGHUP. Says "ready <link>" on standard
 * output once both paths are there; errors on standard error. Returns the exit
 * code of the program. */
int sim_run(const struct sim_options *o);
void sim_free(struct sim *s);

/* Plug and unplug the port; the chip loses power with it. BW_ERR_IO. */
BW_MUST_USE bw_err sim_plug(struct sim *s);
void sim_unplug(struct sim *s);
/* Lay a tag on the antenna or take it away; no change is no event. */
void sim_present(struct sim *s, struct tag *t, bool present);

#endif
