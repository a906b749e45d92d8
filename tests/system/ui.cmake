# SPDX-License-Identifier: Apache-2.0
bw_system(codes_on_screens_decode.py 300 BESIDE)
bw_system(words_are_complete.sh 60 BESIDE)
