# SPDX-License-Identifier: Apache-2.0
bw_system(verify_finds_the_first_wrong_entry.py 120)
