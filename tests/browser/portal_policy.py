# SPDX-License-Identifier: Apache-2.0
"""In a browser, in English and German: a draft is begun, a sponsor added with
its logo, mended, looked at as a screen, compared and installed. axe finds
nothing on any page."""

import os
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import browse, needed  # noqa: E402
from portal import joined  # noqa: E402
from world import World  # noqa: E402

LOGO = ('<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40">'
        '<path d="M4 4h112v32h-112z" fill="#1f4f7a"/></svg>')

needed()
with World() as world:
    world.start_host()
    logo = world.dir / "logo.svg"
    logo.write_text(LOGO)
    print(browse(world, "portal_policy.mjs", logo=str(logo), cookies={
        language: joined(world, f"{language}@summit.example", "organiser",
                         language=language).cookies["badgeward"]
        for language in ("en", "de")}))
