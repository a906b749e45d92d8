# SPDX-License-Identifier: Apache-2.0
bw_system(verify_finds_the_first_wrong_entry.py 120)
bw_system(install_leaves_nothing_out.sh 60 BESIDE)
bw_system(man_pages_match_usage.sh 60 BESIDE)
bw_system(staff_bad_input_changes_nothing.py 120 BESIDE)
bw_system(staff_commands_keep_their_words.py 120 BESIDE)
bw_system(export_opens_no_keys.py 60 BESIDE)
bw_system(badge_write_makes_a_badge.py 120)
bw_system(wrong_usage_exits_2.py 120)
