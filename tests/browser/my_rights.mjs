// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { accept, ask, browser, expect, finish, look, see, world }
	from "./support.mjs";

async function press(page, act) {
	await page.locator(`button[name=act][value="${act}"]`).first().click();
	await page.waitForLoadState();
}

async function open(who, code) {
	const { page, language } = who;
	await page.goto(`${world.url}/my/#${code}`);
	expect(!page.url().includes(code), "the code has left the address");
	expect(await page.locator("#code").inputValue() === code,
		"the script has put it into its box");
	// What the link is for stands first, on a phone it is all that is seen.
	const first = await page.locator("main form").first().getAttribute("id");
	expect(first === "open", "the code's form comes first");
	if (["en", "de"].includes(language))
		await look(who, "my-enter");
	// Nothing is opened before somebody says so.
	await page.locator("#open button").click();
	await page.waitForLoadState();
	await see(page, world.mail);
	const cookies = await who.context.cookies();
	expect(cookies.length === 0, "no cookie");
}

// Back, and loading again, show the page as it is by now, in its language, and
// send no act; there are no more steps than were made.
async function goesBack({ page, language }) {
	const state = "main [role=status]";
	await press(page, "correct");
	await press(page, "");
	const steps = await page.evaluate(() => history.length);
	await press(page, "object");
	expect(await page.locator(state).count() === 1, "it says what was done");
	await page.goBack();
	await page.locator("button[value=agree]").waitFor();
	expect(await page.locator(state).count() === 0, "nothing was done now");
	await page.goBack();
	await page.locator("button[value=agree]").waitFor();
	await page.goForward();
	await page.locator("button[value=agree]").waitFor();
	await page.reload();
	await page.locator("button[value=agree]").waitFor();
	expect(await page.locator("html").getAttribute("lang") === language,
		"its language");
	expect(await page.evaluate(() => history.length) === steps + 1,
		"no other steps");
	await press(page, "agree");
	await press(page, "end");
	await page.goBack();
	await page.locator("#mail").waitFor();
	await page.waitForLoadState();
	expect(!(await page.locator("body").innerText()).includes(world.mail),
		"nothing opens again");
}

// So many leads of this name does the sponsor's own page have.
async function has({ page }, n) {
	await page.goto(world.url + "/leads");
	const got = await page.locator("#leads tbody tr")
		.filter({ hasText: world.name }).count();
	expect(got === n, `${got} leads instead of ${n}`);
}

// The copy as files, which are read without the host.
async function files({ page, context }) {
	const [zip] = await Promise.all([page.waitForEvent("download"),
		page.locator("button[value=zip]").click()]);
	expect(zip.suggestedFilename().endsWith(".zip"), "a zip");
	await zip.saveAs(world.copy);
	await ask("unpacked", world.copy);
	const alone = await context.newPage();
	const asked = [];
	alone.on("request", (r) => asked.push(r.url()));
	await alone.goto(`file://${world.copy.replace(/\.zip$/, "/index.html")}`);
	for (const text of [world.name, world.mail, "New & Sons",
		"Acme Instruments"])
		await see(alone, text);
	expect(asked.every((u) => /^(file|data):/.test(u)), `${asked}`);
	await alone.close();
}

async function everything(who, mia) {
	const { page } = who;
	await has(mia, 2);
	await press(page, "correct");
	await look(who, "my-correct");
	await page.locator("#company").fill("New & Sons");
	await press(page, "save");
	await see(page, "New & Sons");
	await page.locator("form:has(input[value^='k01']) button[value=withdraw]")
		.first().click();
	await page.waitForLoadState();
	const [file] = await Promise.all([page.waitForEvent("download"),
		page.locator("button[value=json]").click()]);
	const copy = JSON.parse(readFileSync(await file.path(), "utf8"));
	expect(copy.registration.values.company === "New & Sons", "the copy");
	expect(copy.shares.length === 4, "all shares");
	await files(who);
	await press(page, "read");
	await see(page, world.name);
	await look(who, "my-read");
	await press(page, "");
	for (const [act, back, name] of [["object", "agree", "my-objected"],
		["restrict", "lift", "my-restricted"]]) {
		await has(mia, 1);
		await press(page, act);
		await look(who, name);
		await has(mia, 0);
		await press(page, back);
	}
	await has(mia, 1);
	await press(page, "erase");
	await look(who, "my-erase");
	await press(page, "erase-yes");
	await look(who, "my-planned");
	await press(page, "undo");
	// So long as they are open, /my/ leads there.
	await page.goto(world.url + "/my/");
	await page.locator("button[value=end]").click();
	await page.waitForLoadState();
}

async function asks(who) {
	const { page } = who;
	await page.goto(world.url + "/my/");
	await page.locator("#mail").fill("not an address");
	await page.locator("form[action='/my/ask'] button").click();
	await page.waitForLoadState();
	await look(who, "my-ask-wrong");
	await page.locator("#mail").fill(world.mail);
	await page.locator("form[action='/my/ask'] button").click();
	await page.waitForLoadState();
	await look(who, "my-asked");
}

async function withoutScript() {
	const who = await browser("en");
	const context = await who.b.newContext({ javaScriptEnabled: false,
		locale: "en" });
	const page = await context.newPage();
	await page.goto(world.url + "/my/");
	await page.locator("#code").fill(`${world.url}/my/#${world.plain}`);
	await page.locator("#open button").click();
	await page.waitForLoadState();
	await see(page, world.mail);
	await page.locator("button[value=withdraw-all]").click();
	await page.waitForLoadState();
	expect(await page.locator("button[value=withdraw]").count() === 0,
		"nothing is left to withdraw");
	await page.locator("button[value=end]").click();
	await page.waitForLoadState();
	// Back to a page of the session: it does not open again.
	await page.goBack().catch(() => {});  // what was posted is not kept
	const body = await page.locator("body").innerText().catch(() => "");
	expect(!body.includes(world.mail), "the way back shows nothing");
	await who.context.close();
}

const mia = await accept("en", "mia@example.com", world.mia);
for (const [language, code] of Object.entries(world.links)) {
	const who = await browser(language);
	await open(who, code);
	await look(who, "my-all");
	if (language === "en") {
		await everything(who, mia);
		await asks(who);
	} else {
		await press(who.page, "erase");
		await look(who, "my-erase");
		await press(who.page, "");
		if (language === "de")
			await goesBack(who);
	}
	await who.context.close();
}
await mia.context.close();
await withoutScript();
await finish();
