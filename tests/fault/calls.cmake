# SPDX-License-Identifier: Apache-2.0
#
# One system call of a program fails (calls.md).
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
add_executable(failcall support/failcall.c)
target_link_libraries(failcall PRIVATE PkgConfig::SECCOMP)
set_target_properties(failcall PROPERTIES
	RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
bw_system(any_call_may_fail.py 600 BESIDE)
