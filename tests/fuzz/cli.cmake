# SPDX-License-Identifier: Apache-2.0
bw_fuzz(fuzz_policyfile staff)
bw_fuzz(fuzz_import staff)
bw_fuzz(fuzz_logfile staff)
bw_fuzz(fuzz_auditfile staff)
bw_fuzz(fuzz_picture picture staff)
bw_fuzz(fuzz_http host)
bw_fuzz(fuzz_bounce mailer)
