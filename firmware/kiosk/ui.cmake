# SPDX-License-Identifier: Apache-2.0
# What the attendee sees and touches: drawing, languages, screens.
add_library(kiosk_ui STATIC touch.c)
target_link_libraries(kiosk_ui PUBLIC base)
