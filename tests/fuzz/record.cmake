# SPDX-License-Identifier: Apache-2.0
bw_fuzz(fuzz_badge record)
bw_fuzz(fuzz_body record)
bw_fuzz(fuzz_cbor record)
bw_fuzz(fuzz_checkpoint record)
bw_fuzz(fuzz_enrol record)
bw_fuzz(fuzz_entry record)
bw_fuzz(fuzz_jws record)
bw_fuzz(fuzz_ndef record)
bw_fuzz(fuzz_note record)
bw_fuzz(fuzz_policy record)
bw_fuzz(fuzz_receipt record)
bw_fuzz(fuzz_sealed record)
bw_fuzz(fuzz_upload record)
target_link_options(fuzz_jws PRIVATE LINKER:--wrap=crypto_verify)

# The corpus is made from tests/vectors; a change there must reach it.
add_executable(make_corpus fuzz/make_corpus.c)
target_link_libraries(make_corpus PRIVATE vectors)
set_target_properties(make_corpus PROPERTIES
	RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
add_test(NAME fuzz_corpus_is_current COMMAND make_corpus --check
	${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus)
set_tests_properties(fuzz_corpus_is_current PROPERTIES LABELS "quick;fuzz"
	TIMEOUT 60)
