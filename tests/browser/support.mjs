// SPDX-License-Identifier: Apache-2.0
// support.mjs - what the browser tests share: Debian's Chromium without a
// screen, axe on every page that is visited in light and dark, and its picture.
// Started by browsing.py, which says where things are.
import { createHmac } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

export const world = JSON.parse(process.env.WORLD);
const require = createRequire(join(world.modules, "x.js"));
const { chromium } = require("playwright-core");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const PASSWORD = "correct horse battery staple";
// SCREENS=all: every size in both themes, for looking at them all.
const ALL = process.env.SCREENS === "all";
const SIZES = { 360: 740, 1280: 800, 3840: 2160 };
const LOOKS = ALL ? ["light", "dark"].flatMap((theme) =>
	Object.keys(SIZES).map((width) => [theme, Number(width)])) :
	[["light", 360], ["dark", 1280]];
const wrong = [];

function fault(text) {
	wrong.push(text);
	console.error(text);
}

export async function browser(language = "en") {
	const b = await chromium.launch({
		executablePath: "/usr/bin/chromium",
		args: ["--headless", "--no-sandbox", "--disable-gpu",
			"--no-first-run", "--disable-background-networking",
			"--disable-component-update", "--disable-sync"],
	});
	// The test's own certificate, with nginx in front.
	const context = await b.newContext({ locale: language, bypassCSP: false,
		ignoreHTTPSErrors: world.url.startsWith("https:") });
	const page = await context.newPage();
	// A page that breaks its own policy, or a script that fails.
	page.on("console", (m) => {
		// The answer to a form that was refused is no fault of the page.
		if (m.type() === "error" && !/status of 4\d\d/.test(m.text()))
			fault(`${page.url()}: ${m.text()}`);
	});
	page.on("pageerror", (e) => fault(`${page.url()}: ${e}`));
	return { b, context, page, language };
}

// Look at the page that is open: axe in both themes, nothing wider than the
// screen, a picture of each size.
export async function look(who, name) {
	const { page, language } = who;
	mkdirSync(world.screens, { recursive: true });
	// Another language changes lengths, not colours.
	const looks = ALL || language === "en" ? LOOKS : LOOKS.slice(0, 1);
	for (const [colorScheme, width] of looks) {
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize({ width, height: SIZES[width] });
		const wide = await page.evaluate(() =>
			document.documentElement.scrollWidth - innerWidth);
		if (wide > 0)
			fault(`${name}: ${wide} px too wide at ${width}`);
		// On a telephone a table is read without moving it sideways.
		for (const table of width > 360 ? [] : await page.evaluate(() =>
			[...document.querySelectorAll(".table-responsive")]
				.filter((e) => e.scrollWidth > e.clientWidth)
				.map((e) => e.ariaLabel)))
			fault(`${name}: ${table} is too wide at ${width}`);
		// Each cell has the head of its own column.
		for (const cell of await page.evaluate(() =>
			[...document.querySelectorAll("td[data-head]")].filter((td) =>
				td.dataset.head !== td.closest("table").tHead.rows[0]
					.cells[td.cellIndex].textContent)
				.map((td) => td.dataset.head)))
			fault(`${name}: a cell is not of ${cell}`);
		await page.screenshot({ fullPage: true, path: join(world.screens,
			`${name}-${language}-${width}-${colorScheme}.png`) });
		if (width === 3840)
			continue;
		// evaluate() is not bound by the page's policy.
		await page.evaluate(AXE);
		const { violations } = await page.evaluate(() => axe.run());
		for (const v of violations)
			fault(`${name} (${colorScheme}, ${width}): ${v.id}: ` +
				`${v.help}: ${v.nodes.map((n) => n.html).join(" ")}`);
	}
	await page.emulateMedia({ colorScheme: "light" });
	await page.setViewportSize({ width: 1280, height: 800 });
}

export async function visit(who, path, name) {
	await who.page.goto(world.url + path);
	await look(who, name);
}

export function expect(ok, what) {
	if (!ok)
		throw new Error(what);
}

// With nginx in front pages come over HTTP/2.
export async function sees_how_it_came(page) {
	const how = await page.evaluate(() =>
		performance.getEntriesByType("navigation")[0].nextHopProtocol);
	expect(how === (world.url.startsWith("https:") ? "h2" : "http/1.1"), how);
}

export async function see(page, text) {
	await page.getByText(text).first().waitFor({ timeout: 60000 });
}

function base32(s) {
	const bits = [...s].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c)
		.toString(2).padStart(5, "0")).join("");
	return Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
}

// The six digits of a step from now (RFC 6238).
export function totp(secret, ahead = 0) {
	const step = Buffer.alloc(8);
	step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + ahead));
	const mac = createHmac("sha1", base32(secret)).update(step).digest();
	const at = mac[19] & 15;
	return String((mac.readUInt32BE(at) & 0x7fffffff) % 1e6).padStart(6, "0");
}

export async function fill(page, fields) {
	for (const [name, value] of Object.entries(fields))
		await page.locator(`main [name="${name}"]`).first().fill(value);
}

// Press the button of the form that posts to this path.
export async function submit(page, action) {
	await page.locator(`form[action^="${action}"] button`).first().click();
	await page.waitForLoadState();
}

export function finish() {
	if (wrong.length > 0)
		process.exit(1);
	console.log("ok");
}

// One whose invitation world.people has, with a second factor, logged in.
export async function entered(language) {
	const who = await browser(language);
	const { page } = who;
	await page.goto(world.url + world.people[language]);
	await fill(page, { password: PASSWORD, again: PASSWORD });
	await submit(page, "/invite/");
	await fill(page, { mail: `${language}@summit.example`,
		password: PASSWORD });
	await submit(page, "/login");
	await page.locator("main details summary").click();
	const secret = await page.locator("code.secret").innerText();
	await fill(page, { code: totp(secret) });
	await submit(page, "/login/enrol");
	return who;
}
