# SPDX-License-Identifier: Apache-2.0
bw_fuzz(fuzz_sim_chip sim)
bw_fuzz(fuzz_sim_control sim)
