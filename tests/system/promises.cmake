# SPDX-License-Identifier: Apache-2.0
# What must always hold, on real processes. The long forms are by option:
# BEHAVIOURS, ROUNDS, SHARES and SEED in the environment. The kills of the host's
# erasures and purges (host.cmake) have theirs too, beside test_killed, which takes
# every moment of one: before a release,
#   ROUNDS=100 ctest --test-dir build -R 'erasure_survives_kill|host_purges' -V
bw_system(field_only_after_yes.py 900 ALONE)
bw_system(main_job_end_to_end.py 120)
bw_system(readme_is_followed.py 180 BESIDE)
bw_system(sponsors_logo_is_shown.py 120 BESIDE)
bw_system(policy_preview_is_the_kiosks.py 300 BESIDE)
bw_system(host_confirms_the_clock.py 120 BESIDE)
bw_system(policy_ends_with_its_keys.py 120 BESIDE)
bw_system(keys_only_for_entitled_fields.py 120 BESIDE)
bw_system(uplink_never_sees_values.py 120 BESIDE)
bw_system(kill_anything_anytime.py 600 BESIDE)
bw_system(day_at_the_booth.py 300)
bw_system(share_spares_the_card.py 120 BESIDE)
# A sanitizer's kiosk is not one for an emulated processor.
if(NOT BW_SANITIZE)
	bw_system(power_cut_loses_nothing.py 900 BESIDE)
endif()
bw_system(booth_outlives_a_restored_host.py 240 BESIDE)
bw_system(device_outlives_its_log.py 240 BESIDE)
bw_system(booth_without_a_host_for_a_week.py 600)
bw_system(watchdog_restarts_what_stands.py 180)
bw_system(each_as_its_own_user.py 120)
