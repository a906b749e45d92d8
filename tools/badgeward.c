// SPDX-License-Identifier: Apache-2.0
/* badgeward - the staff's command line: one table of commands. */
#include <sys/stat.h>

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "guard/guard.h"
#include "host/fault.h"
#include "tools/alone.h"
#include "tools/cmd.h"
#include "tools/cmds.h"
#include "tools/sim/cmd_sim.h"
#include "tools/staff.h"

static int
run_sim(const char *dir, int argc, char **argv)
{
	(void)dir;
	return cmd_sim(argc, argv);
}

static const struct cmd commands[] = {
	{ "init", cmd_init, "make a host's directory, with new keys" },
	{ "backup", cmd_backup, "copy all that cannot be made again" },
	{ "restore", cmd_restore, "put a backup's store back" },
	{ "policy check", cmd_policy_check,
	    "say in plain sentences what a policy file allows" },
	{ "policy install", cmd_policy_install,
	    "make it the event's current policy" },
	{ "policy preview", cmd_policy_preview,
	    "draw the consent screen under a policy" },
	{ "policy pin", cmd_policy_pin,
	    "make the staff_pin line of a sponsor" },
	{ "import eventbrite", cmd_import_eventbrite,
	    "take registrations from an attendee report" },
	{ "import pretix", cmd_import_pretix,
	    "take them from pretix's order data" },
	{ "import auto", cmd_import_auto,
	    "the same, by the columns of the file" },
	{ "registration list", cmd_registration_list,
	    "list the registrations" },
	{ "registration minor", cmd_registration_minor,
	    "say that its holder is under 18" },
	{ "registration withhold", cmd_registration_withhold,
	    "say that its holder does not come" },
	{ "registration release", cmd_registration_release,
	    "a minor's mark was a mistake" },
	{ "right withdraw", cmd_right_withdraw,
	    "withdraw what a person has shared" },
	{ "right correct", cmd_right_correct,
	    "correct a field, in the leads too" },
	{ "right restrict", cmd_right_restrict,
	    "withhold a registration and its leads" },
	{ "right object", cmd_right_object,
	    "the same, because its holder objects" },
	{ "right lift", cmd_right_lift, "lift one of these" },
	{ "right erase", cmd_right_erase, "erase a person" },
	{ "right undo", cmd_right_undo,
	    "undo that, until it takes effect" },
	{ "right readmit", cmd_right_readmit,
	    "let who was erased come back" },
	{ "right list", cmd_right_list,
	    "list what is withheld or to be erased" },
	{ "case list", cmd_case_list, "list what people asked for" },
	{ "case due", cmd_case_due, "list what must be answered soon" },
	{ "case show", cmd_case_show, "one case and its steps" },
	{ "case open", cmd_case_open, "take a person's request in" },
	{ "case extend", cmd_case_extend, "three months, and say why" },
	{ "case refuse", cmd_case_refuse, "refuse it, and say why" },
	{ "case done", cmd_case_done, "it is answered" },
	{ "case zone", cmd_case_zone, "where the event's days end" },
	{ "hold add", cmd_hold_add,
	    "keep what a complaint or lawsuit needs" },
	{ "hold list", cmd_hold_list, "list the holds" },
	{ "hold lift", cmd_hold_lift, "lift a hold" },
	{ "deleted key", cmd_deleted_key,
	    "make the key to the record of the erased" },
	{ "deleted setup", cmd_deleted_setup,
	    "record who is erased for this key" },
	{ "deleted list", cmd_deleted_list, "read that record" },
	{ "badge encode", cmd_badge_encode,
	    "make a badge for a tag, to a file" },
	{ "badge write", cmd_badge_write,
	    "make a badge on the tag that lies on a writer" },
	{ "badge sheet", NULL, "make sheets of name badges to print" },
	{ "badge station", NULL,
	    "write what the host's badge desk orders" },
	{ "device add", cmd_device_add, "invite a device" },
	{ "device renew", cmd_device_renew,
	    "a new address for one that never enrolled" },
	{ "device list", cmd_device_list, "list the devices" },
	{ "device booth", cmd_device_booth, "say where a device stands" },
	{ "device revoke", cmd_device_revoke, "end a device" },
	{ "device found", cmd_device_found, "a lost device is there again" },
	{ "device reassign", cmd_device_reassign,
	    "end a device and invite it under a new name" },
	{ "account invite", cmd_account_invite,
	    "make an account, and the link to its password" },
	{ "account list", cmd_account_list, "list the accounts" },
	{ "account disable", cmd_account_disable, "nobody logs in with it" },
	{ "account enable", cmd_account_enable, "lift that" },
	{ "account reset", cmd_account_reset,
	    "a new link, for who lost a password or phone" },
	{ "account role", cmd_account_role, "give it another role" },
	{ "token add", cmd_token_add, "make a token for the API" },
	{ "token list", cmd_token_list, "list the tokens" },
	{ "token revoke", cmd_token_revoke, "end a token" },
	{ "mail setup", cmd_mail_setup, "say how mail to attendees leaves" },
	{ "mail list", cmd_mail_list, "list mails and what became of them" },
	{ "mail retry", cmd_mail_retry, "try those again that failed" },
	{ "mail test", cmd_mail_test, "send one mail to an address" },
	{ "odd list", cmd_odd_list,
	    "list entries that are kept but never released" },
	{ "breach", cmd_breach,
	    "say whom a lost device or another breach concerns" },
	{ "disclosure add", cmd_disclosure_add,
	    "record what was given because the law asked for it" },
	{ "disclosure list", cmd_disclosure_list, "list these" },
	{ "aggregates", cmd_aggregates,
	    "write counts from which nobody can be told" },
	{ "purge", cmd_purge, "delete what was kept for long enough" },
	{ "journal recover", cmd_journal_recover,
	    "take what a lost log still holds into quarantine" },
	{ "export leads", cmd_export_leads, "write a sponsor's leads" },
	{ "export log", cmd_export_log, "write a device's log" },
	{ "export audit", cmd_export_audit, "write who did what" },
	{ "export logs", cmd_export_logs, "write all logs, with their tiles" },
	{ "export counts", cmd_export_counts, "write what devices counted" },
	{ "export disclosures", cmd_export_disclosures,
	    "write what was disclosed" },
	{ "export list", cmd_export_list, "list what was exported" },
	{ "verify log", cmd_verify_log,
	    "verify an exported log (needs no host)" },
	{ "verify receipt", cmd_verify_receipt,
	    "verify an attendee's receipt (needs no host)" },
	{ "verify audit", cmd_verify_audit,
	    "verify an exported audit (needs no host)" },
	{ "sim", run_sim, "be an NFC reader and its badges, without hardware" },
};

#define NCOMMANDS (sizeof(commands) / sizeof(commands[0]))

static void
usage(FILE *f)
{
	fprintf(f, "usage: badgeward [-C DIR] COMMAND [ARGUMENT...]\n\n"
	    "  -C DIR       the host's directory, as `badgeward init` made it\n"
	    "  --help       this text; COMMAND --help says more\n"
	    "  --version    the version\n\n");
	for (size_t i = 0; i < NCOMMANDS; i++)
		fprintf(f, "  %-22s %s\n", commands[i].name,
		    commands[i].help);
}

/* How many of the words are this command's name; 0 when it is another. */
static int
words_of(const char *name, int argc, char **argv)
{
	const char *blank = strchr(name, ' ');
	size_t first = blank != NULL ? (size_t)(blank - name) : strlen(name);

	if (argc < 1 || strlen(argv[0]) != first ||
	    memcmp(argv[0], name, first) != 0)
		return 0;
	if (blank == NULL)
		return 1;
	return argc >= 2 && strcmp(argv[1], blank + 1) == 0 ? 2 : 0;
}

/* The commands that begin with a word; how many. */
static size_t
list_group(FILE *f, const char *word)
{
	size_t first = strlen(word), n = 0;

	for (size_t i = 0; i < NCOMMANDS; i++)
		if (strncmp(commands[i].name, word, first) == 0 &&
		    commands[i].name[first] == ' ') {
			fprintf(f, "  %-22s %s\n", commands[i].name,
			    commands[i].help);
			n++;
		}
	return n;
}

/* "device" alone, or "device ad": say what was probably meant. */
static int
unknown(int argc, char **argv)
{
	const char *names[NCOMMANDS], *near;
	char said[80];

	snprintf(said, sizeof(said), "%s%s%s", argv[0],
	    argc > 1 && argv[1][0] != '-' ? " " : "",
	    argc > 1 && argv[1][0] != '-' ? argv[1] : "");
	for (size_t i = 0; i < NCOMMANDS; i++)
		names[i] = commands[i].name;
	if ((near = fault_nearest(said, names, NCOMMANDS)) == NULL)
		near = fault_nearest(argv[0], names, NCOMMANDS);
	fprintf(stderr, "badgeward: there is no command \"%s\"", said);
	if (near != NULL)
		fprintf(stderr, "; did you mean \"%s\"", near);
	fputs("; badgeward --help lists all\n", stderr);
	list_group(stderr, argv[0]);
	return CMD_USAGE;
}

static int
dispatch(char *dir, int argc, char **argv)
{
	for (size_t i = 0; i < NCOMMANDS; i++) {
		int words = words_of(commands[i].name, argc, argv);

		if (words == 0)
			continue;
		argc -= words - 1;
		argv += words - 1;
		optind = 0;
		return commands[i].run == NULL ?
		    alone_start(commands[i].name, dir, argc, argv) :
		    commands[i].run(dir, argc, argv);
	}
	if (argc == 2 && (strcmp(argv[1], "--help") == 0 ||
	    strcmp(argv[1], "-h") == 0) && list_group(stdout, argv[0]) != 0)
		return CMD_OK;
	return unknown(argc, argv);
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 }
	};
	char *dir = NULL;
	int c;

	/* The store and what comes out of it are for their owner alone. */
	umask(077);
	while ((c = getopt_long(argc, argv, "+C:h", options, NULL)) != -1) {
		switch (c) {
		case 'C':
			dir = optarg;
			break;
		case 'h':
			usage(stdout);
			return CMD_OK;
		case 'V':
			printf("badgeward %s\n", BW_VERSION);
			return CMD_OK;
		default:
			usage(stderr);
			return CMD_USAGE;
		}
	}
	if (optind == argc) {
		usage(stderr);
		return CMD_USAGE;
	}
	if (guard_memory() != BW_OK)
		return staff_fail("the kernel does not keep memory out of "
		    "core files");
	return dispatch(dir, argc - optind, argv + optind);
}
