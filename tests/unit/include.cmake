# SPDX-License-Identifier: Apache-2.0
add_test(NAME include_check COMMAND bash
	${CMAKE_CURRENT_SOURCE_DIR}/support/include_check.sh)
set_tests_properties(include_check PROPERTIES LABELS quick TIMEOUT 900
	ENVIRONMENT "SRC=${CMAKE_SOURCE_DIR};CC=${CMAKE_C_COMPILER}")
