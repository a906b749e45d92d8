-- The join that `badgeward export leads` makes, for sqlite3 -csv. Two columns are
-- missing: the key of a person, which is enciphered, as SQLite cannot do, and when
-- the lead may be kept no longer. So ours writes a quarter more, and a checksum of
-- it, and syncs the file; theirs does not.
SELECT d.name || '-' || (l.id & 0xffffffff),
 strftime('%Y-%m-%dT%H:%M:%SZ', l.time, 'unixepoch'), p.sponsor, d.name,
 CASE WHEN l.granted & 2 THEN e.v1 END, CASE WHEN l.granted & 4 THEN e.v2 END,
 CASE WHEN l.granted & 8 THEN e.v3 END, CASE WHEN l.granted & 16 THEN e.v4 END,
 CASE WHEN l.granted & 32 THEN e.v5 END, CASE WHEN l.granted & 64 THEN e.v6 END,
 v.version
FROM lead l JOIN device d ON d.num = l.id >> 32
 JOIN edition e ON e.id = l.edition JOIN part p ON p.id = l.part
 JOIN policy v ON v.id = p.policy
WHERE p.sponsor = 'example-corp' AND l.state = 0 ORDER BY l.id;
