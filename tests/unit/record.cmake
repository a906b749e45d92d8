# SPDX-License-Identifier: Apache-2.0
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
add_library(vectors STATIC support/vectors.c)
target_link_libraries(vectors PUBLIC record PkgConfig::JANSSON
	PkgConfig::CMOCKA)
target_compile_definitions(vectors PRIVATE
	VECTORS="${CMAKE_CURRENT_SOURCE_DIR}/vectors/vectors.json")

bw_unit(test_crypto vectors)
bw_unit(test_cbor vectors)
bw_unit(test_field vectors)
bw_unit(test_entry vectors)
bw_unit(test_body vectors)
bw_unit(test_tree vectors)
bw_unit(test_checkpoint vectors)
bw_unit(test_chain vectors)
bw_unit(test_upload vectors)
