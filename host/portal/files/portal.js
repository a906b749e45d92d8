// SPDX-License-Identifier: Apache-2.0
// The pages work without this. What stands in an element with data-live is
// asked for again when the host says that something has changed, and once a
// minute; the host sends those parts that are not as they stand here.
"use strict";
(function () {
	const MINUTE = 60000;
	let busy = false, again = false;

	function parts(root) {
		return [...root.querySelectorAll("[data-live][id]")];
	}

	function take(page) {
		for (const now of parts(page)) {
			const old = document.getElementById(now.id);
			if (!old || now.innerHTML === old.innerHTML ||
			    old.contains(document.activeElement))
				continue;
			old.replaceChildren(...now.childNodes);
			old.dataset.live = now.dataset.live;
		}
		document.dispatchEvent(new Event("live"));
	}

	async function refresh() {
		if (busy) {
			again = true;
			return;
		}
		busy = true;
		try {
			const had = parts(document).map((e) =>
				`${e.id}=${e.dataset.live}`).join(",");
			const answer = await fetch(location.href, {
				credentials: "same-origin",
				headers: { "Badgeward-Live": had } });
			if (answer.redirected)
				location.reload();
			else if (answer.ok)
				take(new DOMParser().parseFromString(
					await answer.text(), "text/html"));
		} finally {
			busy = false;
			if (again) {
				again = false;
				refresh();
			}
		}
	}

	if (parts(document).length > 0) {
		const source = new EventSource("/events");
		let first = true;
		source.addEventListener("change", () => {
			if (!first)
				refresh();
			first = false;
		});
		setInterval(() => {
			if (document.visibilityState === "visible")
				refresh();
		}, MINUTE);
	}
})();
