# SPDX-License-Identifier: Apache-2.0
bw_unit(test_sim_frame sim)
bw_unit(test_sim_tag sim)
bw_unit(test_sim_chip sim)
bw_unit(test_sim_control sim)
bw_unit(test_tagwrite tagwriter)
