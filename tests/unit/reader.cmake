# SPDX-License-Identifier: Apache-2.0
bw_unit(test_ipc reader)
bw_unit(test_tag reader)
target_sources(test_tag PRIVATE support/fake_tag.c)
bw_unit(test_session reader)
target_sources(test_session PRIVATE support/fake_tag.c)
bw_unit(test_loop reader)
target_sources(test_loop PRIVATE support/fake_tag.c)
