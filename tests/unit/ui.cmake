# SPDX-License-Identifier: Apache-2.0
bw_unit(test_touch kiosk_ui)

# Sample views of every state, for everything that draws.
add_library(views STATIC support/views.c)
target_link_libraries(views PUBLIC kiosk_ui)
bw_unit(test_screen_script kiosk_ui views)
