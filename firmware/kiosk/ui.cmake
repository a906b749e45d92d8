# SPDX-License-Identifier: Apache-2.0
# What the attendee sees and touches: drawing, languages, screens.
pkg_check_modules(PANGO REQUIRED IMPORTED_TARGET pangocairo)
pkg_check_modules(QRENCODE REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(SDL2 REQUIRED IMPORTED_TARGET sdl2)
pkg_check_modules(DRM REQUIRED IMPORTED_TARGET libdrm)
pkg_check_modules(INPUT REQUIRED IMPORTED_TARGET libinput libudev)
find_program(LOCALEDEF localedef REQUIRED)
find_program(MSGFMT msgfmt REQUIRED)

add_library(kiosk_ui STATIC ask.c canvas.c code.c drm_buffer.c drm_find.c
	drm_hands.c drm_input.c drm_output.c drm_turn.c fields.c first.c foot.c i18n.c icon.c
	isolate.c label.c logo.c message.c qr.c rows.c scene.c scene_address.c scene_ask.c scene_enrol.c scene_head.c
	scene_keyboard.c scene_languages.c scene_message.c scene_pin.c scene_shared.c
	scene_staff.c screen.c screen_drm.c screen_script.c screen_window.c
	script_commands.c spoken.c spoken_voice.c staff.c staff_keys.c theme.c
	touch.c ui.c widget.c)
target_link_libraries(kiosk_ui PUBLIC base PkgConfig::DRM PRIVATE PkgConfig::PANGO
	PkgConfig::QRENCODE PkgConfig::SDL2 PkgConfig::INPUT m)

# The one locale that gettext needs (i18n.h). localedef ends with 1 because
# the file has no other categories than messages; that is meant.
set(BW_LOCALE ${CMAKE_BINARY_DIR}/lib/badgeward/locale/any)
add_custom_command(OUTPUT ${BW_LOCALE}/LC_MESSAGES/SYS_LC_MESSAGES
	COMMAND ${CMAKE_COMMAND} -E rm -rf ${BW_LOCALE} any.tmp
	COMMAND sh -c "${LOCALEDEF} -c --quiet --no-archive -f UTF-8 -i '${CMAKE_CURRENT_SOURCE_DIR}/po/any.locale' ./any.tmp || test -f any.tmp/LC_MESSAGES/SYS_LC_MESSAGES"
	COMMAND ${CMAKE_COMMAND} -E make_directory ${BW_LOCALE}/LC_MESSAGES
	COMMAND ${CMAKE_COMMAND} -E copy
		any.tmp/LC_MESSAGES/SYS_LC_MESSAGES ${BW_LOCALE}/LC_MESSAGES/
	COMMAND ${CMAKE_COMMAND} -E rm -rf any.tmp
	DEPENDS po/any.locale VERBATIM)
set(words ${BW_LOCALE}/LC_MESSAGES/SYS_LC_MESSAGES)

file(GLOB catalogues CONFIGURE_DEPENDS po/*.po)
foreach(po IN LISTS catalogues)
	get_filename_component(lang ${po} NAME_WE)
	set(dir ${CMAKE_BINARY_DIR}/share/badgeward/locale/${lang}/LC_MESSAGES)
	add_custom_command(OUTPUT ${dir}/badgeward.mo
		COMMAND ${CMAKE_COMMAND} -E make_directory ${dir}
		COMMAND ${MSGFMT} --check -o ${dir}/badgeward.mo ${po}
		DEPENDS ${po} VERBATIM)
	list(APPEND words ${dir}/badgeward.mo)
endforeach()
add_custom_target(words ALL DEPENDS ${words})
add_dependencies(kiosk_ui words)

install(DIRECTORY ${CMAKE_BINARY_DIR}/share/badgeward/locale
	DESTINATION ${CMAKE_INSTALL_DATADIR}/badgeward)
install(DIRECTORY ${CMAKE_BINARY_DIR}/lib/badgeward/locale
	DESTINATION lib/badgeward)
