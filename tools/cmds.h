/* SPDX-License-Identifier: Apache-2.0 */
/* cmds.h - the commands of `badgeward`, each a cmd_run (cmd.h). */
#ifndef TOOLS_CMDS_H
#define TOOLS_CMDS_H

#include "tools/cmd.h"

cmd_run cmd_init;
cmd_run cmd_backup, cmd_restore;
cmd_run cmd_policy_check, cmd_policy_install, cmd_policy_pin,
    cmd_policy_preview;
cmd_run cmd_import_eventbrite, cmd_import_pretix, cmd_import_auto;
cmd_run cmd_registration_list, cmd_registration_minor,
    cmd_registration_withhold, cmd_registration_release;
cmd_run cmd_right_withdraw, cmd_right_correct, cmd_right_restrict,
    cmd_right_object, cmd_right_lift, cmd_right_erase, cmd_right_undo,
    cmd_right_readmit,
    cmd_right_list;
cmd_run cmd_case_list, cmd_case_show, cmd_case_open, cmd_case_extend,
    cmd_case_refuse, cmd_case_done, cmd_case_due, cmd_case_zone;
cmd_run cmd_hold_add, cmd_hold_list, cmd_hold_lift;
cmd_run cmd_deleted_key, cmd_deleted_setup, cmd_deleted_list;
cmd_run cmd_badge_encode, cmd_badge_write, cmd_badge_sheet,
    cmd_badge_station;
cmd_run cmd_device_add, cmd_device_renew, cmd_device_list,
    cmd_device_booth, cmd_device_revoke, cmd_device_found,
    cmd_device_reassign;
cmd_run cmd_account_invite, cmd_account_list, cmd_account_disable,
    cmd_account_enable, cmd_account_reset, cmd_account_role;
cmd_run cmd_token_add, cmd_token_list, cmd_token_revoke;
cmd_run cmd_mail_setup, cmd_mail_list, cmd_mail_retry, cmd_mail_test;
cmd_run cmd_odd_list;
cmd_run cmd_purge, cmd_aggregates, cmd_breach;
cmd_run cmd_disclosure_add, cmd_disclosure_list, cmd_export_disclosures;
cmd_run cmd_journal_recover;
cmd_run cmd_export_leads, cmd_export_log;
cmd_run cmd_export_audit, cmd_verify_audit;
cmd_run cmd_export_leads, cmd_export_log, cmd_export_logs, cmd_export_counts,
    cmd_export_list;
cmd_run cmd_verify_log, cmd_verify_receipt;

#endif
