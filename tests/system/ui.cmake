# SPDX-License-Identifier: Apache-2.0
bw_system(codes_on_screens_decode.py 300 BESIDE)
bw_system(words_are_complete.sh 60 BESIDE)
# A sanitizer's kiosk is not one for an emulated processor.
if(NOT BW_SANITIZE)
	add_executable(kiosk_tells ${CMAKE_SOURCE_DIR}/firmware/kiosk/main.c
		support/kiosk_tells.c)
	target_link_libraries(kiosk_tells PRIVATE kiosk)
	target_link_options(kiosk_tells PRIVATE -Wl,--wrap=screen_drm_open)
	set_target_properties(kiosk_tells PROPERTIES RUNTIME_OUTPUT_DIRECTORY
		${CMAKE_BINARY_DIR}/tests)
	bw_system(drm_in_a_machine.py 600 ALONE)
endif()
