-- SPDX-License-Identifier: Apache-2.0
--
-- The host's store in SQLite. Times are unix seconds. Values of people stand
-- in registration, edition and note alone. Rows of entry and lead have the key
-- device * 2^32 + seq: a log is appended to at one place, and a sponsor's
-- leads are the ranges of its devices. lead_edition is for one person's, whose
-- rights must not cost more the more others share.
--
-- Version 1, and no other: nothing was released before it, so that no row is of
-- an older form, and this file is edited in place until then. A store that was
-- made by another text of it is refused (SCHEMA_FORM).

CREATE TABLE meta (
	key TEXT PRIMARY KEY,
	value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO meta VALUES ('serial', 0), ('blocked', 0);
-- A secret, under which a sponsor is told which leads are one person's
-- (store_leadperson.h).
INSERT INTO meta VALUES ('person1', random()), ('person2', random());

CREATE TABLE policy (
	id INTEGER PRIMARY KEY,
	version TEXT NOT NULL UNIQUE,
	source BLOB NOT NULL,
	installed_at INTEGER NOT NULL
);

-- One row per version and sponsor: the payload, and what ingest asks of it.
CREATE TABLE part (
	id INTEGER PRIMARY KEY,
	policy INTEGER NOT NULL REFERENCES policy,
	sponsor TEXT NOT NULL,
	name TEXT NOT NULL,
	payload BLOB NOT NULL,
	sha256 BLOB NOT NULL,
	required INTEGER NOT NULL,
	optional INTEGER NOT NULL,
	valid_from INTEGER NOT NULL,
	valid_until INTEGER NOT NULL,
	retain_days INTEGER NOT NULL,
	notices BLOB NOT NULL,
	UNIQUE (sponsor, policy)
);

-- The one draft of a policy (store_draft.h); source NULL: there is none. The
-- row stays, so that rev never comes again. Logos by the names in the text.
CREATE TABLE draft (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	rev INTEGER NOT NULL,
	base TEXT NOT NULL,
	source BLOB,
	account INTEGER NOT NULL,
	at INTEGER NOT NULL
);
CREATE TABLE draft_logo (
	name TEXT PRIMARY KEY,
	w INTEGER NOT NULL,
	h INTEGER NOT NULL,
	rgba BLOB NOT NULL
) WITHOUT ROWID;

-- What stands apart, each by who says it: cancelled is the source's word, minor
-- the report's age or staff's, barrier and handed are tables below. status is
-- what follows from them and counts (store_registration.c). minor_age: the age
-- under 18 that the last report gave, or -1; released: staff said that, at this
-- very age, it is no minor's.
CREATE TABLE registration (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	key TEXT NOT NULL UNIQUE,
	status INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	cancelled INTEGER NOT NULL DEFAULT 0,
	minor INTEGER NOT NULL DEFAULT 0,
	minor_age INTEGER NOT NULL DEFAULT -1,
	released INTEGER NOT NULL DEFAULT 0,
	v1 TEXT, v2 TEXT, v3 TEXT, v4 TEXT, v5 TEXT, v6 TEXT
);
-- Those who do not attend are few, and whoever walks over leads asks for them.
CREATE INDEX registration_away ON registration (status) WHERE status <> 0;

CREATE TABLE badge (
	badge_id BLOB PRIMARY KEY,
	registration INTEGER NOT NULL REFERENCES registration,
	retired_at INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX badge_registration ON badge (registration);

-- holder is the badge's registration, which never changes: who walks over leads
-- asks for its status, and saves himself the badge.
CREATE TABLE edition (
	id INTEGER PRIMARY KEY AUTOINCREMENT,	-- a lead may outlive it
	badge_id BLOB NOT NULL REFERENCES badge,
	holder INTEGER NOT NULL REFERENCES registration,
	edition INTEGER NOT NULL,
	uid BLOB NOT NULL,
	type TEXT NOT NULL,
	on_badge INTEGER NOT NULL,
	issued_at INTEGER NOT NULL,
	v1 TEXT, v2 TEXT, v3 TEXT, v4 TEXT, v5 TEXT, v6 TEXT,
	UNIQUE (badge_id, edition)
);
CREATE INDEX edition_uid ON edition (uid);

-- state: 0 invited, 1 active, 2 revoked. A row is never deleted, so a name
-- never recurs. code is wiped when it was used or its time is over.
CREATE TABLE device (
	num INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	sponsor TEXT NOT NULL,
	origin TEXT NOT NULL,
	state INTEGER NOT NULL DEFAULT 0,
	forked INTEGER NOT NULL DEFAULT 0,
	log_spki BLOB,
	seal_spki BLOB,
	identity_spki BLOB,
	added_at INTEGER NOT NULL,
	enrolled_at INTEGER NOT NULL DEFAULT 0,
	revoked_at INTEGER NOT NULL DEFAULT 0,
	quarantine INTEGER NOT NULL DEFAULT 0,
	enrol_id TEXT NOT NULL UNIQUE,
	code BLOB,
	code_until INTEGER NOT NULL,
	post BLOB,
	answer BLOB,
	answer_until INTEGER NOT NULL DEFAULT 0,
	booth TEXT NOT NULL DEFAULT '',
	lost_at INTEGER NOT NULL DEFAULT 0
);

-- What changes with every request, apart from the wide row above.
CREATE TABLE seen (
	device INTEGER PRIMARY KEY REFERENCES device,
	last_seen INTEGER NOT NULL,
	health BLOB
);

-- The last changes of a device's health (store_health.h), without its numbers.
CREATE TABLE health (
	id INTEGER PRIMARY KEY,
	device INTEGER NOT NULL REFERENCES device,
	at INTEGER NOT NULL,
	health BLOB NOT NULL
);
CREATE INDEX health_device ON health (device, id);

CREATE TABLE issued (
	device INTEGER PRIMARY KEY REFERENCES device,
	version TEXT NOT NULL,
	serial INTEGER NOT NULL,
	blocked INTEGER NOT NULL,
	jws BLOB NOT NULL
);

CREATE TABLE log (
	device INTEGER PRIMARY KEY REFERENCES device,
	size INTEGER NOT NULL,
	root BLOB NOT NULL,
	part INTEGER NOT NULL,
	chain BLOB NOT NULL,
	note BLOB,
	settled INTEGER NOT NULL DEFAULT 0,
	serial INTEGER NOT NULL DEFAULT 0,
	held INTEGER NOT NULL DEFAULT 0	-- enum device_held
);

CREATE TABLE entry (
	id INTEGER PRIMARY KEY,
	entry BLOB NOT NULL,
	body BLOB
);

CREATE TABLE fork (
	device INTEGER NOT NULL REFERENCES device,
	size INTEGER NOT NULL,
	held BLOB NOT NULL,
	other BLOB NOT NULL,
	found_at INTEGER NOT NULL,
	UNIQUE (device, size, other)
);

CREATE TABLE odd (
	id INTEGER NOT NULL,
	reason INTEGER NOT NULL,
	found_at INTEGER NOT NULL,
	PRIMARY KEY (id, reason)
) WITHOUT ROWID;

CREATE TABLE lead (
	id INTEGER PRIMARY KEY,
	part INTEGER NOT NULL,
	edition INTEGER NOT NULL,
	time INTEGER NOT NULL,
	granted INTEGER NOT NULL,
	state INTEGER NOT NULL,
	reason INTEGER NOT NULL,
	ended_at INTEGER NOT NULL DEFAULT 0,
	language TEXT NOT NULL,
	rh BLOB NOT NULL,
	receipt INTEGER NOT NULL
);
CREATE INDEX lead_edition ON lead (edition);
-- Those that are held are few, and each view of leads counts some of them.
CREATE INDEX lead_held ON lead (reason) WHERE state = 3;

-- The record of a share that outlives it (retain.h, logs): whose badge it names,
-- and the end of its sponsor's period. A row goes with the body.
CREATE TABLE outlived (
	id INTEGER PRIMARY KEY REFERENCES entry,
	edition INTEGER NOT NULL,
	ended INTEGER NOT NULL
);
CREATE INDEX outlived_edition ON outlived (edition);

-- Leads by the first 63 bits of rh, which is lead.receipt. Made behind ingest
-- (store_settle.h): log.settled says up to which entry.
CREATE TABLE receipt (
	key INTEGER PRIMARY KEY,
	id INTEGER NOT NULL
);

-- What staff noted on a lead, as it was in the sealed note (record/seal.h); id
-- is the key of the note's entry. Rows go with their lead, and with them the
-- bodies of their entries.
CREATE TABLE note (
	id INTEGER PRIMARY KEY,
	lead INTEGER NOT NULL,
	plain BLOB NOT NULL
);
CREATE INDEX note_lead ON note (lead);

-- why: enum pending_why.
CREATE TABLE pending (
	rh BLOB PRIMARY KEY,
	since INTEGER NOT NULL,
	why INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- A chain (AUDIT.md): id is 1, 2, 3 ...; hash covers the row and the hash before.
CREATE TABLE audit (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	act TEXT NOT NULL,
	object TEXT NOT NULL,
	detail TEXT NOT NULL,
	hash BLOB NOT NULL
);

CREATE INDEX audit_object ON audit (object);
-- The page of imports shows the last few, which may be long ago.
CREATE INDEX audit_import ON audit (id)
	WHERE act >= 'import.' AND act < 'import/';

-- What the commitments in audit are made with, by what they are about.
CREATE TABLE audit_salt (
	object TEXT PRIMARY KEY,
	salt BLOB NOT NULL
) WITHOUT ROWID;

-- People who log in. role and state: host/account.h. password is argon2id's
-- encoded string; totp (in force) and totp_next (not confirmed yet) are sealed;
-- totp_step is the last one used; invite is the hash of the open code. A row is
-- never deleted, so that an id in the audit means one person.
CREATE TABLE account (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	mail TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	role INTEGER NOT NULL,
	sponsor TEXT NOT NULL,
	language TEXT NOT NULL,
	state INTEGER NOT NULL,
	password TEXT,
	totp BLOB,
	totp_next BLOB,
	totp_step INTEGER NOT NULL DEFAULT 0,
	invite BLOB UNIQUE,
	invite_until INTEGER NOT NULL DEFAULT 0,
	invited_by INTEGER NOT NULL DEFAULT 0,
	created_at INTEGER NOT NULL,
	last_login INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE recovery (
	account INTEGER NOT NULL REFERENCES account,
	hash BLOB NOT NULL,
	PRIMARY KEY (account, hash)
) WITHOUT ROWID;

-- hash is of the cookie's id. second: both factors were given.
CREATE TABLE login (
	num INTEGER PRIMARY KEY AUTOINCREMENT,
	hash BLOB NOT NULL UNIQUE,
	account INTEGER NOT NULL REFERENCES account,
	second INTEGER NOT NULL DEFAULT 0,
	created_at INTEGER NOT NULL,
	seen_at INTEGER NOT NULL,
	agent TEXT NOT NULL,
	address TEXT NOT NULL
);
CREATE INDEX login_account ON login (account, num);

-- From where an account has logged in, with all that it needs.
CREATE TABLE login_from (
	account INTEGER NOT NULL REFERENCES account,
	address TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (account, address)
) WITHOUT ROWID;

CREATE TABLE token (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL,
	prefix TEXT NOT NULL,
	hash BLOB NOT NULL UNIQUE,
	scopes INTEGER NOT NULL,
	sponsor TEXT NOT NULL,
	account INTEGER REFERENCES account,
	created_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	last_used INTEGER NOT NULL DEFAULT 0,
	revoked_at INTEGER NOT NULL DEFAULT 0
);

-- What a sponsor does with its leads, and what is counted and exported.
--
-- When entries came: those of a log from id on, up to the next row. num: in
-- which order, whatever the clock said. note: the one over the log as it was
-- with them, while it is of the current quarter hour, and the last one before.
CREATE TABLE arrival (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	num INTEGER NOT NULL DEFAULT 0,
	note BLOB
);
CREATE INDEX arrival_num ON arrival (num);
CREATE INDEX arrival_note ON arrival (id) WHERE note IS NOT NULL;

-- What a sponsor's people said of a lead, one row per part of a note
-- (store_mark.h); plain is a note with that part alone. Rows go with their
-- lead. at and account: when and who; token: 0, or the program's.
CREATE TABLE mark (
	lead INTEGER NOT NULL,
	part INTEGER NOT NULL,
	plain BLOB NOT NULL,
	account INTEGER NOT NULL,
	token INTEGER NOT NULL,
	at INTEGER NOT NULL,
	version INTEGER NOT NULL,
	PRIMARY KEY (lead, part)
) WITHOUT ROWID;

-- What a sponsor must acknowledge (store_ack.h). at: the quarter hour's beginning.
-- acked_at 0: open. num is what it
-- is called by there: drawn, so that no two are neighbours and none comes again.
CREATE TABLE ack (
	id INTEGER PRIMARY KEY,
	num INTEGER NOT NULL UNIQUE DEFAULT (1 + (random() & 0xfffffffffffff)),
	sponsor TEXT NOT NULL,
	lead INTEGER NOT NULL,
	kind INTEGER NOT NULL,
	at INTEGER NOT NULL,
	acked_at INTEGER NOT NULL DEFAULT 0,
	account INTEGER NOT NULL DEFAULT 0,
	held INTEGER NOT NULL DEFAULT 0	-- as what it was acknowledged
);
CREATE INDEX ack_sponsor ON ack (sponsor, acked_at, at / 900, num);
CREATE INDEX ack_lead ON ack (lead);

-- Files that were given out.
CREATE TABLE export (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	format TEXT NOT NULL,
	n INTEGER NOT NULL,
	sha256 BLOB NOT NULL,
	state INTEGER NOT NULL	-- 0 on its way, 1 whole, 2 broke off
);

-- Entries per device and hour, made behind ingest (store_settle.h): log.settled
-- says up to which entry. By entry_kind: k1 shares … k5 undos.
CREATE TABLE tally (
	device INTEGER NOT NULL,
	hour INTEGER NOT NULL,
	k1 INTEGER NOT NULL, k2 INTEGER NOT NULL, k3 INTEGER NOT NULL,
	k4 INTEGER NOT NULL, k5 INTEGER NOT NULL,
	PRIMARY KEY (device, hour)
) WITHOUT ROWID;

-- Mail to attendees (store_mail.h). kind, letter, state: host/mail.h. No row
-- has a value of a person; ids never come again.
CREATE TABLE mail (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	registration INTEGER NOT NULL REFERENCES registration,
	kind INTEGER NOT NULL,
	letter INTEGER NOT NULL,
	language TEXT NOT NULL,
	num INTEGER NOT NULL,
	day INTEGER NOT NULL,
	state INTEGER NOT NULL DEFAULT 0,
	queued_at INTEGER NOT NULL,
	tries INTEGER NOT NULL DEFAULT 0,
	next_try INTEGER NOT NULL,
	ended_at INTEGER NOT NULL DEFAULT 0,
	answer INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX mail_due ON mail (state, next_try);
CREATE INDEX mail_registration ON mail (registration, id);

-- The shares that a daily mail tells (store_daily.h). again: that they are passed
-- on again, as the next one is to tell of those in passed_again.
CREATE TABLE mail_share (
	mail INTEGER NOT NULL REFERENCES mail,
	lead INTEGER NOT NULL,
	again INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (mail, lead)
) WITHOUT ROWID;
CREATE TABLE passed_again (
	lead INTEGER PRIMARY KEY
);

-- Up to which entry of its log a device's shares were told or left out.
CREATE TABLE told (
	device INTEGER PRIMARY KEY REFERENCES device,
	size INTEGER NOT NULL
);

-- Who wants no daily mail.
CREATE TABLE optout (
	registration INTEGER PRIMARY KEY REFERENCES registration,
	at INTEGER NOT NULL
);

-- Codes that an attendee was sent (store_link.h), as hashes.
CREATE TABLE link (
	hash BLOB PRIMARY KEY,
	registration INTEGER NOT NULL REFERENCES registration,
	purpose INTEGER NOT NULL,
	num INTEGER NOT NULL,
	until INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX link_registration ON link (registration);

-- Rights and holds (right.h, hold.h, deleted.h).
--
-- Why a registration is withheld. restricted, objected: since when, 0: not. erase_due: when its erasure takes effect, 0: none is
-- planned; erase_planned: when it was decided, 1: it was done before (right.h);
-- erase_begun: since when it is being done, and can no longer be undone;
-- erase_undo: seconds in which it can be undone;
-- held_at: since when a hold stops it. staff: since when staff withhold
-- it for a reason of their own. came: the last arrival.num as it was withheld for
-- any of these, without an end since.
CREATE TABLE barrier (
	registration INTEGER PRIMARY KEY REFERENCES registration,
	restricted INTEGER NOT NULL DEFAULT 0,
	objected INTEGER NOT NULL DEFAULT 0,
	erase_due INTEGER NOT NULL DEFAULT 0,
	erase_planned INTEGER NOT NULL DEFAULT 0,
	erase_case INTEGER NOT NULL DEFAULT 0,
	erase_begun INTEGER NOT NULL DEFAULT 0,
	erase_undo INTEGER NOT NULL DEFAULT 0,
	held_at INTEGER NOT NULL DEFAULT 0,
	staff INTEGER NOT NULL DEFAULT 0,
	came INTEGER NOT NULL DEFAULT 0
);

-- Who has withdrawn everything: shares that come later are withdrawn too, until
-- their log has a policy with a higher serial.
CREATE TABLE withdrawn (
	registration INTEGER PRIMARY KEY REFERENCES registration,
	at INTEGER NOT NULL,
	serial INTEGER NOT NULL
);

-- Fields of an edition that were corrected, so that its badge has another value
-- than its leads; field 0: its leads were given back.
CREATE TABLE correction (
	edition INTEGER NOT NULL REFERENCES edition,
	field INTEGER NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (edition, field)
) WITHOUT ROWID;

-- Fields of a registration that a correction has set, and what the source said
-- then (an HMAC under keys/deleted.key): as long as it says that, an import leaves the field alone.
CREATE TABLE corrected (
	registration INTEGER NOT NULL REFERENCES registration,
	field INTEGER NOT NULL,
	salt BLOB NOT NULL,
	source BLOB NOT NULL,
	PRIMARY KEY (registration, field)
) WITHOUT ROWID;

-- scope: enum hold_scope. reason is the staff's words, without a person's.
CREATE TABLE hold (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	scope INTEGER NOT NULL,
	registration INTEGER NOT NULL,
	sponsor TEXT NOT NULL,
	reason TEXT NOT NULL,
	reviewer TEXT NOT NULL,
	review_at INTEGER NOT NULL,
	added_at INTEGER NOT NULL,
	lifted_at INTEGER NOT NULL DEFAULT 0
);

-- Keys and addresses of the erased, as HMACs under a key outside the store.
CREATE TABLE deleted (
	mac BLOB PRIMARY KEY,
	registration INTEGER NOT NULL
) WITHOUT ROWID;
-- What waits for registrations that are not there any more (store_redo.h), by
-- the keyed hash of their key: lines of rights-done.
CREATE TABLE redo_wait (
	id INTEGER PRIMARY KEY,
	mac BLOB NOT NULL,
	at INTEGER NOT NULL,
	line TEXT NOT NULL
);
CREATE INDEX redo_wait_mac ON redo_wait (mac);
-- 1: somebody was erased, and what was written over may be in files still.
INSERT INTO meta VALUES ('sweep', 0), ('swept', 0);

-- What people asked for (case.h). A number never comes again. The texts are
-- staff's, t4 the person's, and may name a person: they go when the person is
-- erased, else with the case; a purge of the registration leaves them. quarter: of
-- the share that it names (time / 900), which outlives the share.
CREATE TABLE casefile (
	num INTEGER PRIMARY KEY AUTOINCREMENT,
	type INTEGER NOT NULL,
	proof INTEGER NOT NULL,
	state INTEGER NOT NULL DEFAULT 0,
	registration INTEGER NOT NULL,
	device INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	quarter INTEGER NOT NULL DEFAULT 0,
	said INTEGER NOT NULL DEFAULT 0,	-- the share is not of this one
	language TEXT NOT NULL,
	received INTEGER NOT NULL,
	opened_at INTEGER NOT NULL,
	due INTEGER NOT NULL,
	extended_at INTEGER NOT NULL DEFAULT 0,
	closed_at INTEGER NOT NULL DEFAULT 0,
	opened_by TEXT NOT NULL,
	t0 TEXT, t1 TEXT, t2 TEXT, t3 TEXT, t4 TEXT
);
CREATE INDEX casefile_open ON casefile (closed_at, due);
-- Each live share that comes asks whether somebody says "not me" of its device.
CREATE INDEX casefile_device ON casefile (device, closed_at, type);
CREATE TABLE event_zone (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	name TEXT NOT NULL
);

-- Duties: what was disclosed because the law or an emergency asked for it
-- (disclosure.h), and incidents with their clock (incident.h). Texts are what
-- staff wrote; audit rows name the ids alone.
CREATE TABLE disclosure (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	at INTEGER NOT NULL,
	basis INTEGER NOT NULL,
	registration INTEGER NOT NULL,
	sponsor TEXT NOT NULL,
	fields INTEGER NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER NOT NULL,
	asked TEXT NOT NULL,
	decided TEXT NOT NULL,
	reason TEXT NOT NULL,
	secret_until INTEGER NOT NULL,
	corrects INTEGER NOT NULL,	-- another one, or 0
	recorded_at INTEGER NOT NULL,
	actor TEXT NOT NULL
);
CREATE INDEX disclosure_registration ON disclosure (registration);
CREATE UNIQUE INDEX disclosure_corrects ON disclosure (corrects)
WHERE corrects <> 0;
CREATE TABLE incident (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	device TEXT NOT NULL,
	sponsor TEXT NOT NULL,
	since INTEGER NOT NULL,
	until INTEGER NOT NULL,
	aware_at INTEGER NOT NULL,
	opened_at INTEGER NOT NULL,
	reported_at INTEGER NOT NULL DEFAULT 0,
	told_at INTEGER NOT NULL DEFAULT 0,
	told INTEGER NOT NULL DEFAULT 0,
	booth TEXT NOT NULL DEFAULT '',	-- as the letters of then call it
	unreached INTEGER NOT NULL DEFAULT 0,	-- of mails that are gone
	event_from INTEGER NOT NULL DEFAULT 0,	-- when it happened; 0: not known
	event_to INTEGER NOT NULL DEFAULT 0,
	closed_at INTEGER NOT NULL DEFAULT 0,
	actor TEXT NOT NULL
);
-- What staff tell those concerned (store_incident.h); lang '': whoever reads a
-- language that has no row of its own.
CREATE TABLE incident_text (
	incident INTEGER NOT NULL REFERENCES incident,
	lang TEXT NOT NULL,
	happened TEXT NOT NULL,
	likely TEXT NOT NULL,
	done TEXT NOT NULL,
	advice TEXT NOT NULL,
	PRIMARY KEY (incident, lang)
) WITHOUT ROWID;

-- What staff say of it to the authority and for the record; part: of
-- store_incident_said.h.
CREATE TABLE incident_said (
	incident INTEGER NOT NULL REFERENCES incident,
	part INTEGER NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (incident, part)
) WITHOUT ROWID;

-- Counts that were published (aggregate.h), rounded down to tens, once for all;
-- what was under ten has no row. meta.aggregated: the first day not yet counted.
CREATE TABLE aggregate (
	day INTEGER NOT NULL,
	sponsor TEXT NOT NULL,
	what INTEGER NOT NULL,
	n INTEGER NOT NULL,
	PRIMARY KEY (day, sponsor, what)
) WITHOUT ROWID;
INSERT INTO meta VALUES ('aggregated', 0);
-- Who answers for the event, per version of the policy (store_contact.h).
CREATE TABLE contact (
	policy INTEGER PRIMARY KEY REFERENCES policy,
	controller TEXT NOT NULL,
	contact TEXT NOT NULL,
	complaint TEXT NOT NULL
);

-- Hashes of 256 entries each (the whole ones of a log), made behind ingest
-- (store_settle.h), so that tiles above the lowest need not read all entries.
CREATE TABLE subtree (
	id INTEGER PRIMARY KEY,		-- device * 2^32 + the hash's number
	hash BLOB NOT NULL
);

-- Registrations whose ticket is another person's now (store_handed.h): which
-- ticket (the key that another registration has), and since when.
CREATE TABLE handed (
	registration INTEGER PRIMARY KEY REFERENCES registration,
	ticket TEXT NOT NULL,
	at INTEGER NOT NULL
);
CREATE INDEX handed_ticket ON handed (ticket, at);
-- Addresses that a registration had before, as HMACs (deleted.h): who is erased
-- is recorded with all of them. They go with its values.
CREATE TABLE former_mail (
	registration INTEGER NOT NULL REFERENCES registration,
	mac BLOB NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (registration, mac)
) WITHOUT ROWID;
-- The last look at the clock that was believed (hostclock.h).
CREATE TABLE hostclock (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	wall INTEGER NOT NULL,
	boot INTEGER NOT NULL,
	boot_id TEXT NOT NULL,
	moved INTEGER NOT NULL DEFAULT 0	-- 1: set ahead since
);
-- A purge that has begun and not come to its end (purge.h): what was over then.
INSERT INTO meta VALUES ('purging', 0);

-- A letter of an incident (MAIL_BREACH) that never went out (MAIL_SENT) goes with
-- its person's erasure, or when its time is over; that somebody was not told is
-- still so.
CREATE TRIGGER mail_unreached BEFORE DELETE ON mail
WHEN old.kind = 4 AND old.state <> 2
BEGIN
	UPDATE incident SET unreached = unreached + 1 WHERE id = old.num;
END;
