# SPDX-License-Identifier: Apache-2.0
add_library(summit STATIC support/summit.c)
target_link_libraries(summit PUBLIC host PkgConfig::CMOCKA)

bw_unit(test_store summit)
