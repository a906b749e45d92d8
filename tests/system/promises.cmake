# SPDX-License-Identifier: Apache-2.0
# What must always hold, on real processes. The long forms are by option:
# BEHAVIOURS, ROUNDS and SEED in the environment.
bw_system(field_only_after_yes.py 900)
