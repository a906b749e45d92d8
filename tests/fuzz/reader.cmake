# SPDX-License-Identifier: Apache-2.0
bw_fuzz(fuzz_ipc reader)
bw_fuzz(fuzz_session reader)
