# SPDX-License-Identifier: Apache-2.0
bw_unit(test_backoff uplink)
bw_unit(test_mail uplink)
