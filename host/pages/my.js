// SPDX-License-Identifier: Apache-2.0
// The code stands behind the # so that no server's log ever sees it. Take it
// from there, clear the address and the history entry. The link works once:
// it is the person who opens it, not a program that looks at mails.
"use strict";
(function () {
	const code = window.location.hash.slice(1);
	const form = document.getElementById("open");

	if (code === "" || form === null)
		return;
	window.history.replaceState(null, "", "/my/");
	form.elements.namedItem("code").value = code;
	// On a phone what stands first is all that is seen.
	document.getElementById("by-mail").before(
		document.getElementById("by-code"));
	form.querySelector("button").focus();
})();
