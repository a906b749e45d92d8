# SPDX-License-Identifier: Apache-2.0
bw_system(codes_on_screens_decode.sh 300)
bw_system(words_are_complete.sh 60)
# A sanitizer's kiosk is not one for an emulated processor.
if(NOT BW_SANITIZE AND NOT BW_FUZZ)
	bw_system(drm_in_a_machine.py 600)
endif()
