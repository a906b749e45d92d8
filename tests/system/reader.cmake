# SPDX-License-Identifier: Apache-2.0
# A kiosk that is nothing but its reader, for the scripts below.
add_executable(reader_drive support/reader_drive.c)
target_link_libraries(reader_drive PRIVATE reader)
set_target_properties(reader_drive PROPERTIES
	RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
bw_system(reader_reads_badges.py 120)
bw_system(reader_survives_faults.py 180)
bw_system(reader_field_goes_off.py 120)
bw_system(reader_as_a_service.py 120)
