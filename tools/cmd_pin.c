// SPDX-License-Identifier: Apache-2.0
/* badgeward policy pin. */
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "record/pin.h"
#include "tools/cmds.h"
#include "tools/staff.h"

#define LINE 64

/* One line of standard input, without its end. */
static bool
read_line(char out[static LINE])
{
	size_t len;

	if (fgets(out, LINE, stdin) == NULL)
		return false;
	len = strcspn(out, "\n");
	out[len] = 0;
	return true;
}

/* The same at a terminal, which shows nothing of it meanwhile. */
static bool
ask(const char *what, char out[static LINE])
{
	struct termios was, quiet;
	bool ok, tty = tcgetattr(STDIN_FILENO, &was) == 0;

	if (!tty)
		return read_line(out);
	fprintf(stderr, "%s", what);
	quiet = was;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	ok = read_line(out);
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &was);
	fputc('\n', stderr);
	return ok;
}

static int
print_pin(const char *pin)
{
	char text[PIN_TEXT_MAX + 1];
	uint8_t salt[PIN_SALT];
	bw_err r;

	if (!pin_ok(pin, strlen(pin)))
		return staff_fail("a PIN is %d to %d digits", PIN_DIGITS_MIN,
		    PIN_DIGITS_MAX);
	if ((r = bw_random(salt, sizeof(salt))) != BW_OK ||
	    (r = pin_make(pin, strlen(pin), salt, text)) != BW_OK)
		return staff_fail_err(r, "the PIN");
	printf("staff_pin = \"%s\"\n", text);
	return CMD_OK;
}

int
cmd_policy_pin(const char *dir, int argc, char **argv)
{
	const struct opts o = { "policy pin", { NULL },
	    "Asks for a PIN of 6 to 12 digits, or reads it from standard "
	    "input, and prints the\nstaff_pin line for a sponsor's section of "
	    "the policy file. Changes nothing.", NULL, 0 };
	char pin[LINE] = "", again[LINE] = "";
	const char *arg[OPTS_ARGS_MAX];
	int code;

	(void)dir;
	if (!opts_parse(&o, argc, argv, arg, &code))
		return code;
	if (!ask("PIN: ", pin) ||
	    (isatty(STDIN_FILENO) && !ask("The same again: ", again)))
		code = staff_fail("no PIN was given");
	else if (isatty(STDIN_FILENO) && strcmp(pin, again) != 0)
		code = staff_fail("the two are not the same");
	else
		code = print_pin(pin);
	explicit_bzero(pin, sizeof(pin));
	explicit_bzero(again, sizeof(again));
	return code;
}
