# SPDX-License-Identifier: Apache-2.0
"""In a browser: the links of a daily mail. The code goes from behind the "#"
and is in no address after; a share is withdrawn, another "was not me", the
mails end. The page Mail of staff. axe finds nothing on any page."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.environ["SRC"], "tests/support"))
from browsing import browse, needed  # noqa: E402
from hosting import attending, badges, enrolled  # noqa: E402
from mailing import mailer, queue, setup  # noqa: E402
from portal import joined  # noqa: E402
from smtpsink import Sink  # noqa: E402
from world import World  # noqa: E402

needed()
with World() as world, Sink() as sink:
    world.start_host()
    setup(world, sink)
    ours, theirs = enrolled(world, "k01"), enrolled(world, "k02", "acme")
    one = badges(world, 1)[0]
    for d, fields in ((ours, [1, 2]), (theirs, [1])):
        d.share(one, fields)
        assert d.upload(1).status == 200
        world.cli("device", "booth", d.device, "Hall 2, B14")
    mailer(world, "--daily")
    (mail,) = sink.take()
    shares = re.search(r"(/my/shares/#\S+)\n", mail.text).group(1)
    stop = re.search(r"(/my/stop/\S+)\n", mail.text).group(1)
    bad = attending(world)[1]
    sink.plan[bad["email"]] = "550 no"
    queue(world, bad["id"])
    mailer(world)
    people = {x: joined(world, f"olga.{x}@summit.example", "organiser",
                        language=x) for x in ("en", "de")}
    print(browse(world, "daily_mail.mjs", shares=shares, stop=stop,
                 cookies={x: p.cookies for x, p in people.items()}))
