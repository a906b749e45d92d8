// SPDX-License-Identifier: Apache-2.0
// support.mjs - what the browser tests share: Debian's Chromium without a
// screen, axe on every page that is visited, by turns in light and dark, and a
// picture of a page with a fault.
// Started by browsing.py, which says where things are.
import { createHmac } from "node:crypto";
import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

export const world = JSON.parse(process.env.WORLD);
// nginx is in front.
export const FRONT = world.url.startsWith("https:");
const require = createRequire(join(world.modules, "x.js"));
const { chromium } = require("playwright-core");
// Axe costs a browser more to be given than to be run: every page has it as a
// function that nobody has called, which the browser compiles once.
const AXE = "globalThis.bring_axe = function () {" + readFileSync(
	require.resolve("axe-core/axe.min.js"), "utf8") + "};";

export const PASSWORD = "correct horse battery staple";
// SCREENS=all: every size in both themes, with a picture of each, for looking at
// them all. Without it a page has a picture where it has a fault.
export const ALL = process.env.SCREENS === "all";
// How high it is changes nothing that is looked at, but what is painted.
const SIZES = ALL ? { 360: 740, 1280: 800, 3840: 2160 } :
	{ 360: 740, 1280: 800, 3840: 400 };
// The second is what people of the tests have, so that no page is drawn anew.
const LOOKS = ALL ? ["light", "dark"].flatMap((theme) =>
	Object.keys(SIZES).map((width) => [theme, Number(width)])) :
	[["dark", 360], ["light", 1280]];
// What costs most has its turn, as the commit says ($TURN, of tools/test).
const TURN = Number(process.env.TURN ?? 0);
// A busy machine is slow; how fast a page is, is measured elsewhere.
const PATIENCE = 120000;
const wrong = [];
let chrome;

function fault(text) {
	wrong.push(text);
	console.error(text);
}

export async function browser(language = "en") {
	// One for all people of a test; what they have is in their contexts. No
	// page lives long enough to gain by a compiler that runs beside it.
	chrome ??= chromium.launch({ executablePath: world.chromium,
		args: ["--headless", "--no-sandbox", "--disable-gpu",
			"--js-flags=--single-threaded", "--no-first-run",
			"--disable-background-networking",
			"--disable-component-update", "--disable-sync"],
	});
	const b = await chrome;
	// The test's own certificate, with nginx in front.
	const context = await b.newContext({ locale: language, bypassCSP: false,
		ignoreHTTPSErrors: FRONT });
	context.setDefaultTimeout(PATIENCE);
	// It is not bound by the page's policy.
	await context.addInitScript({ content: AXE });
	const page = await context.newPage();
	// A page that breaks its own policy, or a script that fails.
	page.on("console", (m) => {
		// The answer to a form that was refused is no fault of the page.
		if (m.type() === "error" && !/status of 4\d\d/.test(m.text()))
			fault(`${page.url()}: ${m.text()}`);
	});
	page.on("pageerror", (e) => fault(`${page.url()}: ${e}`));
	const who = { b, context, page, language, theme: "light" };
	page.on("response", (r) => {
		if (r.request().isNavigationRequest())
			who.answer = r;
	});
	return who;
}

// every_page_is_looked_at.py reads what was looked at: a page that was asked for
// and given, as it stands at its own address.
function note({ page, answer }, width) {
	if (answer?.request().method() === "GET" && answer.status() === 200)
		appendFileSync(world.looked,
			`${new URL(page.url()).pathname} ${width}\n`);
}

// What another language may spoil: of axe's rules a fifth of the time.
const WORDS = ["cat.language", "cat.text-alternatives", "cat.forms",
	"cat.name-role-value"];
const thorough = new Set();
let turns = TURN;

// Whether axe looks, and by which rules: by all once for each page, on the light
// screen or on the dark one; in another language at one page of two.
function rules(name, width, language) {
	if (ALL)
		return {};
	if (language === "en" || !thorough.has(name)) {
		if (language === "en" && width !== [360, 1280][TURN % 2])
			return null;
		thorough.add(name);
		return {};
	}
	return turns++ % 2 === 0 ? { tags: WORDS } : null;
}

// Faults that axe finds. Nobody reads what it finds right, nor the style sheets
// that it would fetch once more; another language changes no colours.
async function faults({ page, language }, name, width) {
	// What stands in front of the host changes no page, a large screen none of
	// what axe sees.
	const by = width === 3840 || FRONT ? null : rules(name, width, language);
	if (by === null)
		return [];
	return await page.evaluate(async ([values, enabled]) => {
		if (!("axe" in globalThis))
			bring_axe();
		return (await axe.run({
			preload: false, resultTypes: ["violations"], selectors: false,
			rules: { "color-contrast": { enabled } },
			...values && { runOnly: { type: "tag", values } },
		})).violations;
	}, [by.tags, ALL || language === "en"]);
}

// As a screen of this theme and width: each change draws the page anew.
async function appear(who, colorScheme, width) {
	if (who.theme !== colorScheme)
		await who.page.emulateMedia({ colorScheme });
	who.theme = colorScheme;
	if (who.page.viewportSize().width !== width)
		await who.page.setViewportSize({ width, height: SIZES[width] });
}

// What is not where it belongs.
async function misplaced({ page }, width) {
	return await page.evaluate((width) => {
		const wide = document.documentElement.scrollWidth - innerWidth;
		// On a telephone a table is read without moving it sideways.
		const tables = width > 360 ? [] :
			[...document.querySelectorAll(".table-responsive")]
				.filter((e) => e.scrollWidth > e.clientWidth);
		// Each cell has the head of its own column.
		const cells = [...document.querySelectorAll("td[data-head]")]
			.filter((td) => td.dataset.head !== td.closest("table").tHead
				.rows[0].cells[td.cellIndex].textContent);
		return [...wide > 0 ? [`${wide} px too wide at ${width}`] : [],
			...tables.map((e) => `${e.ariaLabel} is too wide at ${width}`),
			...cells.map((td) => `a cell is not of ${td.dataset.head}`)];
	}, width);
}

// Look at the page that is open: axe in one of both themes, nothing wider than
// the screen. The pages that people use most are looked at on the largest screen too,
// without axe, to which a width is nothing.
export async function look(who, name, large = false) {
	const { page, language } = who;
	mkdirSync(world.screens, { recursive: true });
	// Another language changes lengths, not colours.
	let looks = ALL || language === "en" ? LOOKS : [["light", 360]];
	if (large && !ALL)
		looks = [["light", 3840], ...looks];
	for (const [colorScheme, width] of looks) {
		const before = wrong.length;
		await appear(who, colorScheme, width);
		for (const what of await misplaced(who, width))
			fault(`${name}: ${what}`);
		note(who, width);
		for (const v of await faults(who, name, width))
			fault(`${name} (${colorScheme}, ${width}): ${v.id}: ` +
				`${v.help}: ${v.nodes.map((n) => n.html).join(" ")}`);
		if (ALL || wrong.length > before)
			await page.screenshot({ fullPage: true,
				path: join(world.screens, `${name}-${language}-` +
					`${width}-${colorScheme}.png`) });
	}
	await appear(who, "light", 1280);
}

// The page on paper, as NAME.pdf beside the pictures: black on white, with
// nothing that can be pressed.
export async function paper({ page, language }, name) {
	await page.emulateMedia({ media: "print", colorScheme: "dark" });
	for (const button of await page.locator(
		"button:visible, summary:visible, select:visible").all())
		fault(`${name} on paper has ${await button.innerText()}`);
	await page.pdf({ path: join(world.screens, `${name}-${language}.pdf`),
		format: "A4" });
	await page.emulateMedia({ media: null, colorScheme: "light" });
}

export async function visit(who, path, name, large = false) {
	await who.page.goto(world.url + path);
	await look(who, name, large);
}

export function expect(ok, what) {
	if (!ok)
		throw new Error(what);
}

// With nginx in front pages come over HTTP/2.
export async function sees_how_it_came(page) {
	const how = await page.evaluate(() =>
		performance.getEntriesByType("navigation")[0].nextHopProtocol);
	expect(how === (FRONT ? "h2" : "http/1.1"), how);
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

// What happens outside of the browser (serve() of browsing.py).
export async function ask(what, about = "") {
	const answer = await fetch(
		`${world.control}/${what}?${encodeURIComponent(about)}`);
	expect(answer.ok, `${what} is done`);
}

// Of several languages that have their turn beside the first: one for each run.
export function turn(languages) {
	return ALL || process.env.LONG ? languages :
		[languages[TURN % languages.length]];
}

export async function finish() {
	await (await chrome)?.close();
	if (wrong.length > 0)
		process.exit(1);
	console.log("ok");
}

// Somebody invited as `mail` takes the link, with a password alone.
export async function accept(language, mail, link) {
	const who = await browser(language);
	const { page } = who;
	await page.goto(new URL(link, world.url).href);
	await fill(page, { password: PASSWORD, again: PASSWORD });
	await submit(page, "/invite/");
	await logIn(who, mail);
	return who;
}

export async function logIn({ page }, mail) {
	await page.goto(world.url + "/login");
	await fill(page, { mail, password: PASSWORD });
	await submit(page, "/login");
}

// One whose invitation world.people has, with a second factor, logged in.
export async function entered(language) {
	const who = await accept(language, `${language}@summit.example`,
		world.people[language]);
	await enrol(who, "/login/enrol");
	return who;
}

// The second factor, on the page that shows its secret.
export async function enrol(who, action) {
	const { page } = who;
	await page.locator("main details summary").click();
	who.secret = await page.locator("code.secret").innerText();
	await fill(page, { code: totp(who.secret) });
	await submit(page, action);
}
