# SPDX-License-Identifier: Apache-2.0
add_test(NAME browser_receipt_opens_from_its_address COMMAND python3
	${CMAKE_CURRENT_SOURCE_DIR}/browser/receipt_opens_from_its_address.py)
set_tests_properties(browser_receipt_opens_from_its_address PROPERTIES
	LABELS browser TIMEOUT 300 SKIP_RETURN_CODE 77 ENVIRONMENT
	"BIN=${CMAKE_BINARY_DIR}/bin;SRC=${CMAKE_SOURCE_DIR};BUILD=${CMAKE_BINARY_DIR}")
