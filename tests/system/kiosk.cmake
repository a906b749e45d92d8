# SPDX-License-Identifier: Apache-2.0
bw_system(kiosk_usage.sh 60)
bw_system(kiosk_main_flows.py 120)
bw_system(kiosk_pages.py 120)
bw_system(kiosk_unread_says_why.py 120)
bw_system(kiosk_trouble_closes_the_booth.py 180)
bw_system(kiosk_survives_kill.py 300)
bw_system(kiosk_enrols.py 240)
bw_system(kiosk_storage_fails.py 120)
bw_system(kiosk_minds_the_clock.py 120)
# A sanitizer keeps freed memory on purpose.
if(NOT BW_SANITIZE)
	bw_system(kiosk_forgets.py 120)
endif()
