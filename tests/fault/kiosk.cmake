# SPDX-License-Identifier: Apache-2.0
add_executable(test_journal_fault fault/test_journal_fault.c)
target_link_libraries(test_journal_fault PRIVATE test_booth sqlite3
	PkgConfig::CMOCKA)
set_target_properties(test_journal_fault PROPERTIES
	RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
add_test(NAME test_journal_fault COMMAND test_journal_fault)
set_tests_properties(test_journal_fault PROPERTIES LABELS "fault" TIMEOUT 300)
