# SPDX-License-Identifier: Apache-2.0
bw_unit(test_ipc reader)
bw_unit(test_port reader)
bw_unit_alone(test_tag reader)
target_sources(test_tag PRIVATE support/fake_tag.c)
bw_unit_alone(test_session reader)
target_sources(test_session PRIVATE support/fake_tag.c)
bw_unit_alone(test_loop reader)
target_sources(test_loop PRIVATE support/fake_tag.c)

# Stands where badgeward-reader stands and misbehaves as it is told.
add_executable(fake_reader support/fake_reader.c)
target_link_libraries(fake_reader PRIVATE reader)
set_target_properties(fake_reader PROPERTIES
	RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
bw_unit_alone(test_reader_client reader)
add_dependencies(test_reader_client fake_reader)
target_compile_definitions(test_reader_client PRIVATE
	FAKE_READER="$<TARGET_FILE:fake_reader>")
