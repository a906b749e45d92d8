// SPDX-License-Identifier: Apache-2.0
// The chart of the dashboard: drawn from the table beside it, and again when
// that is another or the colours are. Without this the table stands alone.
"use strict";
(function () {
	const box = document.getElementById("chart");
	const dark = matchMedia("(prefers-color-scheme: dark)");
	let chart = null;

	function colour(name) {
		return getComputedStyle(document.documentElement)
			.getPropertyValue(name).trim();
	}

	function cells(row) {
		return [...row.cells].map((c) => c.dataset.n || c.innerText.trim());
	}

	function read() {
		const table = document.querySelector("#times table");
		if (!table)
			return null;
		const heads = cells(table.tHead.rows[0]).slice(1);
		// The table has the newest first.
		const rows = [...table.tBodies[0].rows].map(cells).reverse();
		return {
			labels: rows.map((r) => r[0]),
			datasets: ["--chart-1", "--chart-2", "--chart-3"].map((c, i) => ({
				label: heads[i], backgroundColor: colour(c),
				data: rows.map((r) => Number(r[i + 1])) })),
		};
	}

	function draw() {
		const data = read();
		box.hidden = data === null;
		if (data === null)
			return;
		if (chart) {
			data.datasets.forEach((d, i) =>
				Object.assign(chart.data.datasets[i], d));
			chart.data.labels = data.labels;
		} else
			chart = new Chart(box.querySelector("canvas"), { type: "bar",
				data, options: { animation: false,
					maintainAspectRatio: false, scales: {
						x: { stacked: true, grid: {}, ticks: {} },
						y: { stacked: true, beginAtZero: true, grid: {},
							ticks: { precision: 0 } } },
					plugins: { legend: { labels: {} } } } });
		const { scales, plugins } = chart.options;
		// As large as the page's own letters, on a wall too.
		Chart.defaults.font.size = 0.75 * parseFloat(getComputedStyle(
			document.documentElement).fontSize);
		for (const s of [scales.x, scales.y]) {
			s.grid.color = colour("--soft");
			s.ticks.color = colour("--ink");
		}
		plugins.legend.labels.color = colour("--ink");
		chart.update();
	}

	if (!box || typeof Chart === "undefined")
		return;
	draw();
	document.addEventListener("live", draw);
	dark.addEventListener("change", draw);
})();
