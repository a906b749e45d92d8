# SPDX-License-Identifier: Apache-2.0
#
# fault_memory(name libs…) builds fault/<name>.c with every allocation of ours
# and of jansson under the test's hand (fail.h).
function(fault_memory name)
	add_executable(fault_${name} fault/${name}.c fault/fail.c)
	target_link_libraries(fault_${name} PRIVATE ${ARGN}
		PkgConfig::JANSSON PkgConfig::CMOCKA)
	target_link_options(fault_${name} PRIVATE LINKER:--wrap=malloc
		LINKER:--wrap=calloc LINKER:--wrap=realloc)
	set_target_properties(fault_${name} PROPERTIES
		RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
	add_test(NAME fault_${name} COMMAND fault_${name})
	set_tests_properties(fault_${name} PROPERTIES LABELS fault TIMEOUT 300)
endfunction()

fault_memory(record_memory vectors)
