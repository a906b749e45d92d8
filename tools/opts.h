/* SPDX-License-Identifier: Apache-2.0 */
/*
 * opts.h - a command's options from a table: one place for parsing, --help
 * and the sentence about a word that is not known.
 */
#ifndef TOOLS_OPTS_H
#define TOOLS_OPTS_H

#include <stdbool.h>
#include <stddef.h>

#define OPTS_ARGS_MAX 4

struct opt {
	const char *name;	/* without its dashes: "sponsor" */
	const char *arg;	/* what it takes, e.g. "ID"; NULL: a switch */
	const char *help;
	bool must;
	const char **value;	/* its argument; left alone when not given */
	bool *on;		/* of a switch */
};

struct opts {
	const char *command;	/* "device add" */
	const char *args[OPTS_ARGS_MAX + 1];	/* names of its arguments, all
						 * required but a last one in
						 * [], ended by NULL */
	const char *about;	/* sentences for --help */
	const struct opt *opt;
	size_t n;
};

/* Options and arguments in any order, "--" ends options, "--x=v" as "--x v".
 * True: go on, arg[i] are the arguments, NULL behind them. False: *code is the exit code, and
 * all was said (--help on standard output, else on standard error). */
bool opts_parse(const struct opts *o, int argc, char **argv,
    const char *arg[static OPTS_ARGS_MAX], int *code);

#endif
