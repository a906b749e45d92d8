# SPDX-License-Identifier: Apache-2.0
bw_unit(test_kana speech)
bw_unit(test_confine speech)
