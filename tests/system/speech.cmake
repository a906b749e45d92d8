# SPDX-License-Identifier: Apache-2.0
bw_system(speech_in_every_language.py 300 BESIDE)
