# SPDX-License-Identifier: Apache-2.0
bw_system(uplink_enrols.py 120)
bw_system(uplink_loses_nothing.py 300 BESIDE)
bw_system(uplink_full_disk.py 120)
bw_system(uplink_leaves_slow_answers.py 300 BESIDE)
bw_system(uplink_policy_and_status.py 120)
bw_system(uplink_verifies_tls.py 120 BESIDE)
