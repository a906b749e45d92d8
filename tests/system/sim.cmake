# SPDX-License-Identifier: Apache-2.0
pkg_check_modules(LIBNFC REQUIRED IMPORTED_TARGET libnfc)
add_executable(nfc_probe support/nfc_probe.c)
target_link_libraries(nfc_probe PRIVATE base PkgConfig::LIBNFC)
add_executable(tag_tool support/tag_tool.c)
target_link_libraries(tag_tool PRIVATE tagwriter)
set_target_properties(nfc_probe tag_tool PROPERTIES
	RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
# A standstill at a chosen place, for LD_PRELOAD.
add_library(stopread MODULE support/stopread.c)
set_target_properties(stopread PROPERTIES PREFIX "" LINK_OPTIONS ""
	LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)

bw_system(sim_libnfc_reads_tags.py 120)
bw_system(sim_fails_as_libnfc_expects.py 120)
bw_system(sim_lives_and_ends_cleanly.py 60)
bw_system(badge_writer_never_leaves_half_a_badge.py 360)
