# SPDX-License-Identifier: Apache-2.0
"""debian.py - import it before a package of Debian's (python3-openpyxl …): the
first python3 on the way may be another one."""

import sys

sys.path.append("/usr/lib/python3/dist-packages")
