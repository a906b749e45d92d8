# SPDX-License-Identifier: Apache-2.0
add_executable(test_journal_fault fault/test_journal_fault.c fault/disk.c)
target_link_libraries(test_journal_fault PRIVATE test_booth sqlite3
	PkgConfig::CMOCKA)
target_link_options(test_journal_fault PRIVATE LINKER:--wrap=pwrite
	LINKER:--wrap=fdatasync)
set_target_properties(test_journal_fault PROPERTIES
	RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
add_test(NAME test_journal_fault COMMAND test_journal_fault)
set_tests_properties(test_journal_fault PROPERTIES LABELS "fault" TIMEOUT 300)

add_executable(test_outbox_fault fault/test_outbox_fault.c)
target_link_libraries(test_outbox_fault PRIVATE test_booth PkgConfig::CMOCKA)
target_link_options(test_outbox_fault PRIVATE LINKER:--wrap=write
	LINKER:--wrap=fsync LINKER:--wrap=rename LINKER:--wrap=unlink)
set_target_properties(test_outbox_fault PROPERTIES
	RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
add_test(NAME test_outbox_fault COMMAND test_outbox_fault)
set_tests_properties(test_outbox_fault PROPERTIES LABELS "fault" TIMEOUT 300)
