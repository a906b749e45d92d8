# SPDX-License-Identifier: Apache-2.0

# bw_browser(portal_log_in.py 600) runs a test with Debian's Chromium; pictures
# of its pages that have a fault are in build/tests/screens/, with SCREENS=all of
# every one. A browser and the page in it keep two processors busy, and it takes
# long: it begins early.
function(bw_browser script seconds)
	get_filename_component(name ${script} NAME_WE)
	add_test(NAME browser_${name} COMMAND ${BW_PYTHON}
		${CMAKE_CURRENT_SOURCE_DIR}/browser/${script})
	set_tests_properties(browser_${name} PROPERTIES LABELS browser
		PROCESSORS 2 COST 60 TIMEOUT ${seconds} SKIP_RETURN_CODE 77 ENVIRONMENT
		"BIN=${CMAKE_BINARY_DIR}/bin;SRC=${CMAKE_SOURCE_DIR};BUILD=${CMAKE_BINARY_DIR}")
	set_property(GLOBAL APPEND PROPERTY BW_BROWSER browser_${name})
endfunction()

# bw_browser_front(portal_log_in.py) runs one once more, with nginx in front: TLS
# and HTTP/2 (world.py); its pictures are in build/tests/screens-nginx/.
function(bw_browser_front script)
	get_filename_component(name ${script} NAME_WE)
	add_test(NAME browser_${name}_behind_nginx COMMAND ${BW_PYTHON}
		${CMAKE_CURRENT_SOURCE_DIR}/browser/${script})
	get_test_property(browser_${name} ENVIRONMENT env)
	set_tests_properties(browser_${name}_behind_nginx PROPERTIES
		LABELS browser PROCESSORS 2 COST 60 TIMEOUT 600
		SKIP_RETURN_CODE 77
		ENVIRONMENT "FRONT=nginx;${env}")
endfunction()

bw_browser(api_document.py 60)
bw_browser(attendee_pages.py 600)
bw_browser(daily_mail.py 600)
bw_browser(portal_booths.py 600)
bw_browser(portal_duties.py 600)
bw_browser(portal_cases.py 600)
bw_browser(portal_exports.py 600)
bw_browser(portal_hostile.py 600)
bw_browser(portal_log_in.py 600)
bw_browser(portal_policy.py 600)
bw_browser(portal_pressed_twice.py 600)
bw_browser(portal_registrations.py 600)
bw_browser(portal_sponsor.py 600)
bw_browser(my_rights.py 600)
bw_browser(receipt_opens_from_its_address.py 600)
bw_browser(summit.py 600)
bw_browser_front(portal_log_in.py)

# This one needs node alone.
set_tests_properties(browser_api_document PROPERTIES PROCESSORS 1 COST 1)

# After all others.
get_property(others GLOBAL PROPERTY BW_BROWSER)
bw_browser(every_page_is_looked_at.py 60)
set_tests_properties(browser_every_page_is_looked_at PROPERTIES PROCESSORS 1
	DEPENDS "${others}")
