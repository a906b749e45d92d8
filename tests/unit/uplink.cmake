# SPDX-License-Identifier: Apache-2.0
bw_unit(test_backoff uplink)
