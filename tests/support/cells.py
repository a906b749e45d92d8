# SPDX-License-Identifier: Apache-2.0
"""cells.py - the cells of an XLSX file's first sheet, as openpyxl reads them:
a dict for each row. openpyxl is Debian's, for Debian's Python."""

import json
import subprocess
import tempfile

READ = """
import json, sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1]).active
print(json.dumps([[c.value for c in r] for r in sheet.iter_rows()], default=str))
"""


def cells(data):
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as f:
        f.write(data)
        f.flush()
        out = subprocess.run(["/usr/bin/python3", "-c", READ, f.name],
                             capture_output=True, text=True, check=True)
    head, *rows = json.loads(out.stdout)
    return [dict(zip(head, row)) for row in rows]
