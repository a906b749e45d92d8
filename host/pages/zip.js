// SPDX-License-Identifier: Apache-2.0
// A text out of a ZIP, for check.js: stored or deflated, no more, and not
// beyond 64 MB, whatever it says that it unpacks to. Whatever is odd throws.
"use strict";
const zip = (function () {
	const MOST = 64 << 20;
	const FILE = 0x04034b50, DIRECTORY = 0x02014b50, END = 0x06054b50;

	function must(ok) {
		if (!ok)
			throw new Error();
	}

	function little(bytes, at, n) {
		let v = 0;

		must(at >= 0 && at + n <= bytes.length);
		while (n-- > 0)
			v = v * 256 + bytes[at + n];
		return v;
	}

	// The record that ends it and says where its directory is.
	function findEnd(bytes) {
		let at = bytes.length - 22;
		const least = Math.max(0, at - 65535);

		while (at >= least && little(bytes, at, 4) !== END)
			at--;
		must(at >= least);
		return at;
	}

	function isNamed(bytes, at, name) {
		return new TextDecoder().decode(bytes.slice(at + 46, at + 46 +
			little(bytes, at + 28, 2))) === name;
	}

	// The entry of this name in the directory.
	function find(bytes, name) {
		const end = findEnd(bytes);
		let at = little(bytes, end + 16, 4);

		for (let n = little(bytes, end + 10, 2); n > 0; n--) {
			must(little(bytes, at, 4) === DIRECTORY);
			if (isNamed(bytes, at, name))
				return { method: little(bytes, at + 10, 2),
					size: little(bytes, at + 20, 4),
					at: little(bytes, at + 42, 4) };
			at += 46 + little(bytes, at + 28, 2) +
				little(bytes, at + 30, 2) +
				little(bytes, at + 32, 2);
		}
		throw new Error();
	}

	async function inflate(packed) {
		const from = new Blob([packed]).stream().pipeThrough(
			new DecompressionStream("deflate-raw")).getReader();
		const parts = [];
		let all = 0;

		for (;;) {
			const { done, value } = await from.read();

			if (done)
				return new Blob(parts).arrayBuffer();
			must((all += value.length) <= MOST);
			parts.push(value);
		}
	}

	async function text(bytes, name) {
		const { method, size, at } = find(bytes, name);
		const from = at + 30 + little(bytes, at + 26, 2) +
			little(bytes, at + 28, 2);
		const packed = bytes.slice(from, from + size);

		must(little(bytes, at, 4) === FILE && packed.length === size);
		must(method === 0 || method === 8);
		return new TextDecoder().decode(method === 0 ? packed :
			await inflate(packed));
	}

	function is(bytes) {
		return bytes.length > 30 && little(bytes, 0, 4) === FILE;
	}

	return { is, text };
})();
