# SPDX-License-Identifier: Apache-2.0
# What a host would give a device, made from test keys.
add_library(test_booth STATIC support/booth.c)
target_link_libraries(test_booth PUBLIC kiosk record base sqlite3)

bw_unit(test_clock_trust situation test_booth)
add_library(situation STATIC support/situation.c)
target_link_libraries(situation PUBLIC kiosk PkgConfig::CMOCKA)
bw_unit(test_journal_answers situation test_booth)
bw_unit(test_consent situation test_booth)
bw_unit(test_consent_badge situation test_booth)
bw_unit(test_consent_settings situation test_booth)
bw_unit(test_consent_time situation test_booth)
bw_unit(test_gate situation test_booth)
bw_unit(test_staff situation test_booth)
bw_unit(test_first situation test_booth)
bw_unit(test_tally situation test_booth)
bw_unit(test_journal situation test_booth)
bw_unit(test_journal_confirm situation test_booth)
bw_unit(test_journal_harm situation test_booth)
bw_unit(test_journal_size situation test_booth)
bw_unit(test_journal_shared situation test_booth)
bw_unit(test_owed situation test_booth)
bw_unit(test_admit situation test_booth)
bw_unit(test_outbox situation test_booth)
bw_unit(test_guard guard udev)
bw_unit(test_guard_files guard seccomp)

add_executable(booth support/booth_tool.c)
target_link_libraries(booth PRIVATE test_booth jansson)
set_target_properties(booth PROPERTIES
	RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
add_executable(week support/week.c)
target_link_libraries(week PRIVATE kiosk)
set_target_properties(week PROPERTIES
	RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
# A wall clock that a test can move, for LD_PRELOAD.
add_library(wallclock MODULE support/wallclock.c)
set_target_properties(wallclock PROPERTIES PREFIX "" LINK_OPTIONS ""
	LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
# Drawing that fails, likewise.
pkg_check_modules(CAIRO REQUIRED IMPORTED_TARGET cairo)
add_library(drawfail MODULE support/drawfail.c)
target_link_libraries(drawfail PRIVATE PkgConfig::CAIRO)
set_target_properties(drawfail PROPERTIES PREFIX "" LINK_OPTIONS ""
	LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
# Death right behind a sync, likewise.
add_library(synckill MODULE support/synckill.c)
set_target_properties(synckill PROPERTIES PREFIX "" LINK_OPTIONS ""
	LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
# A slow sync, likewise.
add_library(slowsync MODULE support/slowsync.c)
set_target_properties(slowsync PROPERTIES PREFIX "" LINK_OPTIONS ""
	LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
# A power cut at any change of the disk, likewise.
add_library(cut MODULE support/cut.c)
set_target_properties(cut PROPERTIES PREFIX "" LINK_OPTIONS ""
	LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
# What a program of ours tries on a signal, likewise.
add_library(escape MODULE support/escape.c)
set_target_properties(escape PROPERTIES PREFIX "" LINK_OPTIONS ""
	LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)

# A voice that tells a test what it is to say.
add_executable(fake_speech support/fake_speech.c)
set_target_properties(fake_speech PROPERTIES
	RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
bw_unit_alone(test_speech kiosk)
add_dependencies(test_speech fake_speech)
target_compile_definitions(test_speech PRIVATE
	FAKE_SPEECH="$<TARGET_FILE:fake_speech>")
