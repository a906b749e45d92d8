# SPDX-License-Identifier: Apache-2.0
bw_unit(test_buf base)
bw_unit(test_text base)
bw_unit(test_file base)
bw_unit(test_pace base)
bw_unit(test_notify base)
