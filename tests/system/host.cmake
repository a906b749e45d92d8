# SPDX-License-Identifier: Apache-2.0
bw_system(host_enrols_devices.py 120)
bw_system(host_takes_uploads.py 180)
bw_system(host_refuses_smuggling.py 120)
bw_system(host_keeps_deadlines.py 120)
bw_system(host_throttles.py 120)
bw_system(host_receipts.py 120)
bw_system(host_retention.py 120)
bw_system(host_survives_kill.py 300)
