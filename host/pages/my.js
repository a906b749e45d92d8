// SPDX-License-Identifier: Apache-2.0
// On the page that asks for a link or a code: the code stands behind the # so
// that no server's log ever sees it. Take it from there, clear the address and
// the history entry. The link works once: it is the person who opens it, not a
// program that looks at mails.
//
// On the pages that it opens, which answer what was posted: their secret is kept
// in this tab for as long as they are open, and their history entries become
// those of /my/ alone. Back, and loading again, come there then, and from there
// to the page as it is by now, instead of to a form that would be sent again.
"use strict";
(function () {
	const kept = "my";
	const until = document.currentScript.dataset.until;
	const form = document.getElementById("open");

	// Of a page that is open: the secret, and which registration it shows, are
	// in each of its forms.
	function keep() {
		const fields = [["lang", document.documentElement.lang]];

		for (const name of ["code", "reg"]) {
			const one = document.querySelector(
				`input[name=${name}]`);
			if (one !== null)
				fields.push([name, one.value]);
		}
		window.sessionStorage.setItem(kept,
			JSON.stringify({ until: Number(until), fields }));
		window.history.replaceState(null, "", "/my/");
	}

	// It is there again when the page is.
	function take() {
		const text = window.sessionStorage.getItem(kept);

		window.sessionStorage.removeItem(kept);
		if (text === null)
			return null;
		const had = JSON.parse(text);
		return had.until * 1000 > Date.now() ? had : null;
	}

	function again(had) {
		for (const [name, value] of had.fields) {
			let one = form.elements.namedItem(name);
			if (one === null) {
				one = document.createElement("input");
				one.type = "hidden";
				one.name = name;
				form.append(one);
			}
			one.value = value;
		}
		form.submit();
	}

	function open(code) {
		window.history.replaceState(null, "", "/my/");
		form.elements.namedItem("code").value = code;
		// On a phone what stands first is all that is seen.
		document.getElementById("by-mail").before(
			document.getElementById("by-code"));
		form.querySelector("button").focus();
	}

	if (until === "0") {
		take();
		return;
	}
	if (until !== undefined) {
		keep();
		return;
	}
	const code = window.location.hash.slice(1);
	if (code !== "") {
		open(code);
		return;
	}
	const had = take();
	if (had !== null)
		again(had);
})();
