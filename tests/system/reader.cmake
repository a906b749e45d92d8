# SPDX-License-Identifier: Apache-2.0
# A kiosk that is nothing but its reader, for the scripts below.
add_executable(reader_drive support/reader_drive.c)
target_link_libraries(reader_drive PRIVATE reader)
set_target_properties(reader_drive PROPERTIES
	RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
bw_system(reader_reads_badges.py 120)
bw_system(reader_survives_faults.py 180 BESIDE)
bw_system(reader_field_goes_off.py 120)
bw_system(reader_as_a_service.py 120)
# A PN532 on an I2C or SPI bus instead of its terminal, for LD_PRELOAD.
add_library(busline MODULE support/busline.c)
set_target_properties(busline PROPERTIES PREFIX "" LINK_OPTIONS ""
	LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
bw_system(reader_on_i2c_and_spi.py 180 BESIDE)
# A sanitizer's reader is not one for an emulated processor.
if(NOT BW_SANITIZE)
	bw_system(reader_on_usb.py 600)
endif()
