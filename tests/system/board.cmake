# SPDX-License-Identifier: Apache-2.0
bw_system(board_files_are_valid.sh 60 BESIDE)
