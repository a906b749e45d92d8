// SPDX-License-Identifier: Apache-2.0
// Check a tlog-proof (FORMATS.md, Log and Receipt) in the browser alone: the
// entry, its way to the root, the device's signature and the host's. Nothing
// is asked of anybody; the keys stand in the page's box.
"use strict";
(function () {
	const form = document.getElementById("check");
	const keys = document.getElementById("keys");
	const said = document.getElementById("said");
	const utf8 = new TextEncoder();
	const COSIGNER = "\u00ffbadgeward.org/ecdsa-p256-cosignature/v1\u0000";
	const SHARE = 1;	// an entry's kind
	const COPY = "about-me.json";
	let newest = 0;		// the run that alone may say something
	const NUMBER = /^(0|[1-9][0-9]{0,15})$/;

	function must(ok) {
		if (!ok)
			throw new Error();
	}

	function number(s) {
		must(NUMBER.test(s) && Number.isSafeInteger(Number(s)));
		return Number(s);
	}

	// One spelling only.
	function unbase64(s) {
		const raw = atob(s);

		must(btoa(raw) === s);
		return latin(raw);
	}

	function latin(s) {
		return Uint8Array.from(s, (c) => c.charCodeAt(0));
	}

	function join(...parts) {
		return latin(parts.map((p) => String.fromCharCode(...p)).join(""));
	}

	function same(a, b) {
		return a.length === b.length && a.every((x, i) => x === b[i]);
	}

	function hex(bytes) {
		return Array.from(bytes,
			(x) => x.toString(16).padStart(2, "0")).join("");
	}

	async function sha256(...parts) {
		return new Uint8Array(await crypto.subtle.digest("SHA-256",
			join(...parts)));
	}

	// ---- what is read

	// A line up to its end.
	function line(at) {
		const end = at.text.indexOf("\n");
		const got = at.text.slice(0, end);

		must(end >= 0);
		at.text = at.text.slice(end + 1);
		return got;
	}

	function after(word, at) {
		const got = line(at);

		must(got.startsWith(word));
		return got.slice(word.length);
	}

	function readNote(text) {
		const at = { text };
		const note = { origin: line(at), size: number(line(at)),
			root: unbase64(line(at)), signatures: [] };

		must(/^[a-z0-9.\/-]{1,200}$/.test(note.origin) &&
			note.root.length === 32);
		note.text = text.slice(0, text.length - at.text.length);
		must(line(at) === "");
		while (at.text !== "") {
			const part = line(at).split(" ");

			must(part.length === 3 && part[0] === "\u2014");
			note.signatures.push({ name: part[1],
				blob: unbase64(part[2]) });
		}
		return note;
	}

	function readProof(text) {
		const at = { text };
		const proof = { hashes: [] };

		must(line(at) === "c2sp.org/tlog-proof@v1");
		proof.entry = unbase64(after("extra ", at));
		proof.index = number(after("index ", at));
		for (let h = line(at); h !== ""; h = line(at))
			proof.hashes.push(unbase64(h));
		must(proof.hashes.every((h) => h.length === 32));
		proof.note = readNote(at.text);
		return proof;
	}

	// The head of a CBOR item, in its one spelling.
	function head(at, major) {
		const first = at.bytes[at.i++];
		const least = { 24: 24, 25: 256, 26: 65536, 27: 4294967296 };
		let n = first & 31, more = n - 24;

		must(first >> 5 === major && n < 28);
		if (more < 0)
			return n;
		n = 0;
		for (more = 1 << more; more > 0; more--)
			n = n * 256 + at.bytes[at.i++];
		must(n >= least[first & 31] && Number.isSafeInteger(n));
		return n;
	}

	function hash(at) {
		must(head(at, 2) === 32);
		at.i += 32;
		return at.bytes.slice(at.i - 32, at.i);
	}

	function readEntry(bytes) {
		const at = { bytes, i: 0 };

		must(head(at, 4) === 7 && head(at, 0) === 1);
		const entry = { kind: head(at, 0), seq: head(at, 0),
			time: head(at, 0), prev: hash(at), commit: hash(at) };
		entry.pol = head(at, 0);
		must(at.i === bytes.length && entry.kind <= 9);
		return entry;
	}

	// ---- what is checked

	// RFC 9162, 2.1.3.2.
	async function inTree(proof) {
		let at = proof.index, last = proof.note.size - 1;
		let r = await sha256([0], proof.entry);

		must(at <= last);
		for (const h of proof.hashes) {
			must(last > 0);
			if (at % 2 === 1 || at === last) {
				r = await sha256([1], h, r);
				while (at % 2 === 0 && at !== 0) {
					at /= 2;
					last = Math.floor(last / 2);
				}
			} else
				r = await sha256([1], r, h);
			at = Math.floor(at / 2);
			last = Math.floor(last / 2);
		}
		must(last === 0 && same(r, proof.note.root));
	}

	// A DER signature as the 64 bytes that WebCrypto takes.
	function unDer(der) {
		const out = new Uint8Array(64);
		let i = 2;

		must(der[0] === 0x30 && der[1] === der.length - 2);
		for (const end of [32, 64]) {
			const n = der[i + 1];
			let v = der.slice(i + 2, i + 2 + n);

			must(der[i] === 2 && n > 0 && v.length === n &&
				v[0] < 128);
			must(n === 1 || v[0] !== 0 || v[1] > 127);
			v = v[0] === 0 && n > 1 ? v.slice(1) : v;
			must(v.length <= 32);
			out.set(v, end - v.length);
			i += 2 + n;
		}
		must(i === der.length);
		return out;
	}

	async function verify(spki, der, message) {
		const how = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
		const key = await crypto.subtle.importKey("spki", spki, how, false,
			["verify"]);

		must(await crypto.subtle.verify(how, key, unDer(der), message));
	}

	// The one signature of this name and key.
	function signature(note, name, kid) {
		const found = note.signatures.filter((s) => s.name === name &&
			same(s.blob.slice(0, 4), kid));

		must(found.length === 1);
		return found[0].blob.slice(4);
	}

	async function bySelf(note, spki) {
		const kid = (await sha256(spki)).slice(0, 4);

		await verify(spki, signature(note, note.origin, kid),
			utf8.encode(note.text));
	}

	// When the host saw it.
	async function byHost(note, name, spki) {
		const kid = (await sha256(utf8.encode(name + "\n"),
			latin(COSIGNER), spki)).slice(0, 4);
		const blob = signature(note, name, kid);
		let time = 0;

		must(blob.length > 8);
		for (const x of blob.slice(0, 8))
			time = time * 256 + x;
		must(Number.isSafeInteger(time));
		await verify(spki, blob.slice(8), utf8.encode(
			`cosignature/v1\ntime ${time}\n${note.text}`));
		return time;
	}

	// The key of this name in the box, undefined when there is none.
	async function keyOf(name) {
		for (const one of keys.value.split(/\s+/)) {
			const part = one.split("+");

			if (part[0] !== name)
				continue;
			try {
				// The base64 may have a plus too.
				const typed = unbase64(part.slice(2).join("+"));
				const spki = typed.slice(1);
				const kid = (await sha256(spki)).slice(0, 4);

				must(typed[0] === 2 && hex(kid) === part[1]);
				return spki;
			} catch (e) {
				continue;
			}
		}
		return undefined;
	}

	// ---- what is said

	function word(name) {
		return document.getElementById("words").content
			.querySelector(`[data-word="${name}"]`).textContent;
	}

	function element(parent, tag, text, kind) {
		const e = document.createElement(tag);

		e.textContent = text;
		if (kind !== undefined)
			e.className = kind;
		parent.append(e);
		return e;
	}

	function row(list, name, text, machine) {
		const div = element(list, "div", "");

		element(div, "dt", word(name));
		const dd = element(div, "dd", "");
		const e = element(dd, machine ? "code" : "bdi", text);
		if (machine)
			e.dir = "ltr";
	}

	function clock(seconds) {
		const when = new Date(seconds * 1000);

		return isNaN(when) ? String(seconds) : when.toLocaleString(
			document.documentElement.lang, { dateStyle: "long",
				timeStyle: "short", timeZone: "UTC" }) + " UTC";
	}

	function facts(proof, entry, seen) {
		const list = element(said, "dl", "");

		row(list, "origin", proof.note.origin, true);
		row(list, "number", String(entry.seq));
		row(list, "kind", word(entry.kind === SHARE ? "share" : "other"));
		row(list, "when", clock(entry.time));
		row(list, "size", String(proof.note.size));
		if (seen !== undefined)
			row(list, "seen", clock(seen));
		row(list, "commit", hex(entry.commit), true);
		element(said, "p", word("commit-text"), "quiet");
	}

	// Each step in turn; what depends on one that failed is not tried.
	async function steps(text, list) {
		let wrong = false;

		async function step(name, depends, run) {
			if (depends === undefined)
				return undefined;
			try {
				const got = await run();
				element(list, "li", word(name), "good");
				return got === undefined ? true : got;
			} catch (e) {
				wrong = true;
				element(list, "li", word(name), "bad");
				return undefined;
			}
		}
		const proof = await step("format", true, () => readProof(text));
		const entry = await step("entry", proof, () => {
			const e = readEntry(proof.entry);

			must(e.seq === proof.index);
			return e;
		});
		await step("tree", entry, () => inTree(proof));
		const note = proof && proof.note;
		const spki = proof && await keyOf(note.origin);
		if (proof && spki === undefined) {
			wrong = true;
			element(list, "li", word("nokey"), "bad");
		}
		await step("log", spki, () => bySelf(note, spki));
		const host = proof && note.origin.replace(/\/[^\/]*\/[^\/]*$/,
			"/host");
		const theirs = proof && await keyOf(host);
		if (proof && theirs === undefined)
			element(list, "li", word("nohost"), "unknown");
		const seen = await step("host", theirs,
			() => byHost(note, host, theirs));
		return { wrong, proof, entry, seen };
	}

	// What is no proof, by its word; undefined: it may be one.
	function instead(text) {
		if (text.startsWith("c2sp.org/tlog-proof"))
			return undefined;
		if (text.startsWith("%PDF-"))
			return "pdf";
		return text.startsWith("{") &&
			text.includes("dpv:ConsentReceipt") ? "jsonld" : "else";
	}

	function refuse(what) {
		said.replaceChildren();
		element(said, "h2", word("none"), "wrong");
		element(said, "p", word(what));
		if (what !== "zip")
			element(said, "p", word("choose"));
	}

	// The copy of everything that a person has fetched.
	function copyOf(text) {
		let all;

		try {
			all = JSON.parse(text);
		} catch (e) {
			return undefined;
		}
		return all !== null && Array.isArray(all.shares) &&
			all.registration ? all : undefined;
	}

	// Whose proof it is: of this share, and of no other; and that what is
	// proved is a share, and nothing else that the device wrote.
	function isOf(share, got) {
		const device = got.proof.note.origin.replace(/^.*\//, "");

		return got.entry.kind === SHARE &&
			device + "-" + got.entry.seq === share.id;
	}

	// What is no share, or stands there again, is none that can be right.
	function isNew(share, met) {
		const id = share === null ? undefined : share.id;
		const is = typeof id === "string" && !met.has(id);

		met.add(id);
		return is;
	}

	function heading(share) {
		const { id, sponsor } = share === null ? {} : share;
		const name = sponsor ? sponsor.name : "";

		return [id, name].map((s) => typeof s === "string" ? s : "?")
			.join(" \u00b7 ");
	}

	async function oneOf(share, parent, met) {
		const list = document.createElement("ul");
		const fresh = isNew(share, met);

		list.className = "steps";
		element(parent, "h2", heading(share));
		if (fresh && typeof share.proof !== "string") {
			element(parent, "p", word("unproved"));
			return;
		}
		const got = fresh && await steps(share.proof, list);
		const its = fresh && (got.wrong || isOf(share, got));
		const wrong = !its || got.wrong;

		if (!its)
			element(list, "li", word(fresh ? "notits" : "again"),
				"bad");
		element(parent, "p", word(wrong ? "wrong" : "right"),
			wrong ? "wrong" : "right");
		parent.append(list);
	}

	// Each proof in it; the copy itself is signed by nobody.
	async function checkCopy(copy, mine) {
		const parts = document.createElement("div");
		const met = new Set();

		element(parts, "p", word("copy"));
		for (const share of copy.shares)
			await oneOf(share, parts, met);
		if (mine !== newest)
			return;
		said.replaceChildren(parts);
		if (copy.shares.length > 0)
			element(said, "p", word(whose()), "state");
	}

	function whose() {
		return keys.value.trim() === keys.defaultValue.trim() ?
			"own" : "given";
	}

	async function check(text, mine) {
		const copy = copyOf(text);

		if (copy !== undefined) {
			await checkCopy(copy, mine);
			return;
		}
		const what = instead(text);

		if (what !== undefined) {
			refuse(what);
			return;
		}
		const title = document.createElement("h2");
		const list = document.createElement("ul");
		const got = await steps(text, list);

		if (mine !== newest)
			return;
		title.textContent = word(got.wrong ? "wrong" : "right");
		title.className = got.wrong ? "wrong" : "right";
		list.className = "steps";
		said.replaceChildren(title, list);
		element(said, "p", word(whose()), "state");
		if (got.entry !== undefined && !got.wrong)
			facts(got.proof, got.entry, got.seen);
	}

	function sorry(name) {
		said.replaceChildren();
		element(said, "p", word(name), "wrong");
	}

	// What was said holds for what was given then, and for nothing else.
	function forget() {
		said.replaceChildren();
		return ++newest;
	}

	// A file's text; undefined: a ZIP without a copy that can be read here.
	async function textOf(file) {
		const bytes = new Uint8Array(await file.arrayBuffer());

		try {
			return zip.is(bytes) ? await zip.text(bytes, COPY) :
				new TextDecoder().decode(bytes);
		} catch (e) {
			return undefined;
		}
	}

	// What is pasted wins, and may have lost its last line's end; of a file
	// there is no text where it is a ZIP that cannot be opened.
	async function given() {
		const file = document.getElementById("file").files[0];
		const pasted = document.getElementById("proof").value.trim();

		if (pasted !== "")
			return { text: pasted + "\n" };
		return file === undefined ? undefined :
			{ text: await textOf(file) };
	}

	form.addEventListener("input", forget);
	form.addEventListener("submit", async (event) => {
		const mine = forget();
		let got;

		event.preventDefault();
		if (!window.crypto || !crypto.subtle) {
			sorry("cannot");
			return;
		}
		try {
			got = await given();
		} catch (e) {
			if (mine === newest)
				sorry("unread");
			return;
		}
		if (got === undefined || mine !== newest)
			return;
		if (got.text === undefined)
			refuse("zip");
		else
			await check(got.text, mine);
	});
})();
