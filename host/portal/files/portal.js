// SPDX-License-Identifier: Apache-2.0
// The pages work without this. What stands in an element with data-live is
// fetched again when the host says that something has changed.
"use strict";
(function () {
	const live = document.querySelectorAll("[data-live][id]");
	let busy = false, again = false;

	async function refresh() {
		if (busy) {
			again = true;
			return;
		}
		busy = true;
		try {
			const answer = await fetch(location.href,
				{ credentials: "same-origin" });
			if (answer.ok && !answer.redirected) {
				const page = new DOMParser().parseFromString(
					await answer.text(), "text/html");
				for (const old of document.querySelectorAll("[data-live][id]")) {
					const now = page.getElementById(old.id);
					if (now && now.innerHTML !== old.innerHTML &&
					    !old.contains(document.activeElement))
						old.replaceChildren(...now.childNodes);
				}
				document.dispatchEvent(new Event("live"));
			} else if (answer.redirected)
				location.reload();
		} finally {
			busy = false;
			if (again) {
				again = false;
				refresh();
			}
		}
	}

	if (live.length > 0) {
		const source = new EventSource("/events");
		let first = true;
		source.addEventListener("change", () => {
			if (!first)
				refresh();
			first = false;
		});
	}
})();
