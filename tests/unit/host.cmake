# SPDX-License-Identifier: Apache-2.0
add_library(summit STATIC support/summit.c)
target_link_libraries(summit PUBLIC host PkgConfig::CMOCKA)

bw_unit(test_store summit)
bw_unit(test_ingest summit)
bw_unit(test_address host)
bw_unit(test_strict host)
bw_unit(test_replay host)
bw_unit(test_throttle host)
bw_unit(test_workers host)
