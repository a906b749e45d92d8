// SPDX-License-Identifier: Apache-2.0
// The code stands behind the # so that no server's log ever sees it. Take it
// from there, clear the address and the history entry, and post it.
"use strict";
(function () {
	const code = window.location.hash.slice(1);
	const form = document.getElementById("ask");

	if (code === "" || form === null)
		return;
	window.history.replaceState(null, "", window.location.pathname);
	form.elements.namedItem("code").value = code;
	form.submit();
})();
