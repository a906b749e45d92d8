# SPDX-License-Identifier: Apache-2.0
bw_unit(test_policyfile staff)
bw_unit(test_csvfile staff)
bw_unit(test_clean staff)
bw_unit(test_import_eventbrite staff)
bw_unit(test_leads_row staff)
bw_unit(test_logfile staff)
bw_unit(test_export summit staff)
bw_unit(test_badge_issue summit staff)
