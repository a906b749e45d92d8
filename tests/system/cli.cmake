# SPDX-License-Identifier: Apache-2.0
bw_system(verify_finds_the_first_wrong_entry.py 120)
bw_system(demo_needs_its_port.py 90)
bw_system(install_leaves_nothing_out.sh 60 BESIDE)
bw_system(journal_recover_finds_the_signed_log.py 120 BESIDE)
bw_system(man_pages_match_usage.sh 60 BESIDE)
bw_system(staff_bad_input_changes_nothing.py 120 BESIDE)
bw_system(staff_commands_keep_their_words.py 120 BESIDE)
bw_system(export_opens_no_keys.py 60 BESIDE)
bw_system(badge_write_makes_a_badge.py 120)
bw_system(badge_sheet_prints.py 300 BESIDE)
bw_system(wrong_usage_exits_2.py 120)

add_executable(desk support/desk.c)
target_link_libraries(desk PRIVATE staff)
set_target_properties(desk PROPERTIES
	RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
bw_system(badge_station_writes.py 240)
