# SPDX-License-Identifier: Apache-2.0
# tools/bench/bench runs and prints each of its figures; how large they are is
# no test's business, on a machine that others use too.
set -eu
out=$("$SRC/tools/bench/bench" --short)
while read -r figure; do
	printf '%s\n' "$out" | grep -Eq "$figure +[0-9][0-9,.]*( |\$)" || {
		echo "not printed: $figure"
		printf '%s\n' "$out"
		exit 1
	}
done <<'FIGURES'
first frame, from start to idle on screen, ms
over loading the program
one sync of one page, ms \(median\)
paced like 115,200 baud and air: touch to durable, ms
without the chip.s own time, over one sync
without either, ms
paced like 115,200 baud and air: over chip \+ sign \+ commit
kiosk RSS after the shares, MB
one full redraw, ms \(median\)
a tap answered, ms \(median\)
over one full redraw
until it is confirmed: journal, bytes
until it is confirmed: syncs of journal and undo
all in all: bytes handed to files
all in all: syncs
all in all: write_bytes of the kernel, in pages
50,000 shares: MB handed to files, and syncs
4 device\(s\), uploads of 1: entries/s over HTTP
4 device\(s\), uploads of 4000: entries/s over HTTP
over a bare loop \([0-9,]+/s\)
over all that a host must do \([0-9,]+/s\)
processor time, the bare loop.s over the host.s
over raw inserts \([0-9,]+/s\)
host RSS, MB
import, rows/s
the same inserts in SQLite, rows/s
import over them
import again, nothing changed, rows/s
leads
ours over sqlite3 -csv, on the clock
ours over sqlite3 -csv, of the processor
SQLite.s steps over those rows
so at best over sqlite3 -csv
settled behind its uploads, s more
leads, first page
leads, a page by its next link
dashboard, whole event
registrations, first page
/metrics
leads, a search that finds none
registrations, a search
a tile of level 1
leads, first look after an upload
csv with its sha256, leads/s
RSS beyond the small event.s, MB
csv over sqlite3 -csv, on the clock
kiosk RSS in ask, MB
kiosk RSS in any language, at most, MB
uplink RSS, MB
kiosk, wake-ups a minute
uplink, wake-ups a minute
reader, wake-ups a minute
host, wake-ups a minute
reader RSS, MB
FIGURES
