# SPDX-License-Identifier: Apache-2.0
"""The API's document is OpenAPI 3.1 in every part of it, by a validator that is
not ours. That it says what the routes do is tests/system/host_api.py's."""

import copy
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import SRC, modules, needed  # noqa: E402

SCRIPT = """
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { readFileSync } from "node:fs";
const at = createRequire(process.argv[1] + "/").resolve(
	"@seriousme/openapi-schema-validator");
const { Validator } = await import(pathToFileURL(at));
for (const doc of JSON.parse(readFileSync(0, "utf8"))) {
	const v = new Validator();
	const r = await v.validate(doc);
	console.log(r.valid && v.version === "3.1" ? "valid" :
		JSON.stringify(r.errors));
}
"""


def said(docs):
    """A line for each: "valid", or what is wrong."""
    return subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT, modules()],
        input=json.dumps(docs), capture_output=True, text=True, timeout=60,
        check=True).stdout.splitlines()


needed()
doc = json.loads((SRC / "host/api/openapi.json").read_text(encoding="utf-8"))
old, odd = copy.deepcopy(doc), copy.deepcopy(doc)
old["openapi"] = "3.0.3"
next(iter(odd["paths"].values()))["get"]["response"] = {}
lines = said([doc, old, odd])
assert lines[0] == "valid", lines[0]
assert "valid" not in lines[1:] and len(lines) == 3, lines
print("ok")
