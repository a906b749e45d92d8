# SPDX-License-Identifier: Apache-2.0
bw_unit(test_touch frame)
bw_unit(test_i18n frame)
set_tests_properties(test_i18n PROPERTIES ENVIRONMENT
	"${BW_TEST_ENV};LC_ALL=C.UTF-8;LANG=C.UTF-8;LANGUAGE=fr")

# Sample views of every state, for everything that draws.
add_library(views STATIC support/views.c)
target_link_libraries(views PUBLIC kiosk_ui PRIVATE staff)
bw_unit(test_screen_script frame)
bw_unit(test_fonts frame)

# What is drawn, view by view.
add_library(frame STATIC support/frame.c)
target_link_libraries(frame PUBLIC kiosk_ui views PkgConfig::CMOCKA)
bw_unit(test_focus frame)
bw_unit(test_looks frame)
set_tests_properties(test_focus test_looks PROPERTIES LABELS "quick;drawing")
bw_unit(test_logo frame)
bw_unit(test_spoken frame)
add_executable(spoken support/spoken.c)
target_link_libraries(spoken PRIVATE views speech)
set_target_properties(spoken PROPERTIES RUNTIME_OUTPUT_DIRECTORY
	${CMAKE_BINARY_DIR}/tests)
# Some thousand frames: not for every edit.
bw_unit_alone(test_layout frame m)
set_tests_properties(test_layout PROPERTIES LABELS system COST 60
	TIMEOUT 1200)

# The pictures that somebody has looked at.
pkg_check_modules(PANGOCAIRO REQUIRED IMPORTED_TARGET pangocairo)
pkg_check_modules(PNG REQUIRED IMPORTED_TARGET libpng)
add_executable(golden support/golden.c)
target_link_libraries(golden PRIVATE views PkgConfig::PANGOCAIRO
	PkgConfig::PNG)
set_target_properties(golden PROPERTIES RUNTIME_OUTPUT_DIRECTORY
	${CMAKE_BINARY_DIR}/tests)
add_test(NAME golden_pictures COMMAND golden compare
	${CMAKE_CURRENT_SOURCE_DIR}/golden
	WORKING_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
set_tests_properties(golden_pictures PROPERTIES LABELS "quick;drawing" TIMEOUT 300
	SKIP_RETURN_CODE 77 ENVIRONMENT "${BW_TEST_ENV}")

# What the drawing keeps of values; a sanitizer keeps freed memory on purpose.
if(NOT BW_SANITIZE)
	add_executable(values_stay support/values_stay.c)
	target_link_libraries(values_stay PRIVATE views)
	set_target_properties(values_stay PROPERTIES RUNTIME_OUTPUT_DIRECTORY
		${CMAKE_BINARY_DIR}/tests)
	add_test(NAME values_leave_the_drawing COMMAND values_stay)
	set_tests_properties(values_leave_the_drawing PROPERTIES
		LABELS system TIMEOUT 120)
endif()

pkg_check_modules(SDL REQUIRED IMPORTED_TARGET sdl2)
bw_unit(test_screen_window kiosk_ui PkgConfig::SDL)
set_tests_properties(test_screen_window PROPERTIES ENVIRONMENT
	"${BW_TEST_ENV};SDL_VIDEODRIVER=dummy")

# The pure parts of the device's own screen; the rest runs in a machine.
bw_unit(test_drm_turn frame)
bw_unit(test_drm_hands frame)
bw_unit(test_drm_find frame)
# A touch screen for that machine, and a screen that fails.
pkg_check_modules(LIBDRM REQUIRED IMPORTED_TARGET libdrm)
add_library(blind MODULE support/blind.c)
target_link_libraries(blind PRIVATE PkgConfig::LIBDRM)
set_target_properties(blind PROPERTIES PREFIX "" LINK_OPTIONS "" LIBRARY_OUTPUT_DIRECTORY
	${CMAKE_BINARY_DIR}/tests)
add_executable(fingers support/fingers.c)
set_target_properties(fingers PROPERTIES RUNTIME_OUTPUT_DIRECTORY
	${CMAKE_BINARY_DIR}/tests)
# From the file that staff have to what a device gets.
bw_unit_alone(test_policy_logo staff test_booth PkgConfig::PNG)
bw_unit_alone(test_picture staff)
foreach(test test_policy_logo test_picture)
	add_dependencies(${test} badgeward-picture)
	set_tests_properties(${test} PROPERTIES ENVIRONMENT
		"${BW_TEST_ENV};BADGEWARD_PICTURE=$<TARGET_FILE:badgeward-picture>")
endforeach()
