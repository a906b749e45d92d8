// SPDX-License-Identifier: Apache-2.0
// The pages work without this. What stands in an element with data-live is
// asked for again when the host says that something has changed, once a minute,
// and each second while there is an element with data-soon in it; the host sends
// those parts that are not as they stand here.
"use strict";
(function () {
	const MINUTE = 60000, SECOND = 1000, TWICE = 2000;
	let busy = false, again = false, soon = 0;

	function parts(root) {
		return [...root.querySelectorAll("[data-live][id]")];
	}

	// A list that grows: rows that are there change in their place, new ones
	// are announced and shown on demand, so that nothing moves while it is
	// read. What has gone is struck out.
	function grow(old, now) {
		const news = document.getElementById(old.dataset.grows);
		const fresh = [...now.querySelectorAll("tr[id]")];
		const ids = new Set(fresh.map((row) => row.id));
		let more = 0;
		for (const row of fresh) {
			const mine = document.getElementById(row.id);
			if (!mine)
				more++;
			else if (mine.innerHTML !== row.innerHTML &&
			    !mine.contains(document.activeElement))
				mine.replaceChildren(...row.cloneNode(true).childNodes);
		}
		for (const mine of old.querySelectorAll("tr[id]"))
			mine.classList.toggle("gone", more === 0 && !ids.has(mine.id));
		news.hidden = more === 0;
		news.textContent = news.dataset.one.replace("%s", more);
		news.onclick = () => {
			old.replaceChildren(...now.childNodes);
			news.hidden = true;
			const first = old.querySelector("a");
			if (first)
				first.focus();
		};
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
		for (const old of document.querySelectorAll("[data-grows][id]")) {
			const now = page.getElementById(old.id);
			if (now)
				grow(old, now);
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
			} else
				look();
		}
	}

	// Something is under way: see how far it is.
	function look() {
		clearTimeout(soon);
		if (document.querySelector("[data-live] [data-soon]"))
			soon = setTimeout(refresh, SECOND);
	}

	if (document.querySelector("[data-live][id], [data-grows][id]")) {
		look();
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

	// A second press of the button, before the page has gone, sends nothing; a
	// file leaves the page open, and may be asked for again.
	document.addEventListener("submit", (event) => {
		const form = event.target, now = event.timeStamp;
		if (form.getAttribute("method") !== "post")
			return;
		if (now - (form.dataset.sent ?? -TWICE) < TWICE)
			event.preventDefault();
		else
			form.dataset.sent = now;
	});

	for (const button of document.querySelectorAll("button[data-copy]")) {
		button.hidden = !navigator.clipboard;
		button.addEventListener("click", async () => {
			await navigator.clipboard.writeText(button.dataset.copy);
			button.textContent = button.dataset.copied;
		});
	}
})();
