# SPDX-License-Identifier: Apache-2.0
bw_system(sim_libnfc_reads_tags.py 120)
