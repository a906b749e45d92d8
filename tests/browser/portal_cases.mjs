// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { PASSWORD, ask, browser, entered, expect, fill, finish, logIn, look,
	paper, see, submit, totp, visit, world } from "./support.mjs";

const form = (action, name, value) =>
	`form:is([action$="${action}"], [action*="${action}#"]):has(` +
	`[name="${name}"][value="${value}"])`;

// Its number.
async function take(page, type, fields) {
	await page.goto(world.url + "/requests");
	await page.locator("[name=type]").selectOption(type);
	await fill(page, fields);
	await submit(page, "/requests");
	const said = await page.locator(".note-success").innerText();
	return said.replace(/\D*(\d+).*/s, "$1");
}

async function answer(page, num, what, field, text) {
	const f = form(`/cases/${num}/answer`, "do", what);
	await page.locator(`details:has(${f}) summary`).click();
	await page.locator(`${f} [name="${field}"]`).fill(text);
	await page.locator(`${f} button`).click();
	await page.waitForLoadState();
}

async function press(page, num, what) {
	await page.locator(`${form(`/cases/${num}/act`, "do", what)} button`)
		.click();
	await page.waitForLoadState();
}

// What the person is given and has mended, and what the sponsor sees of it.
async function rights(page, num) {
	const [file] = await Promise.all([page.waitForEvent("download"),
		page.locator(`form[action$="/cases/${num}/copy"] button`)
			.click()]);
	expect(readFileSync(await file.path()).subarray(0, 2).toString() === "PK",
		"the copy is a ZIP file");
	expect(file.suggestedFilename().endsWith(".zip"), "and is named so");

	const f = `form[action$="/cases/${num}/correct"]`;
	await page.goto(`${world.url}/cases/${num}`);
	await page.locator(`details:has(${f}) summary`).click();
	await page.locator(`${f} [name=field]`).selectOption("3");
	await page.locator(`${f} [name=value]`).fill(world.company);
	await submit(page, `/cases/${num}/correct`);
	await ask("corrected");

	await press(page, num, "object");
	await ask("gone");
	await press(page, num, "agree-leads");
	await ask("there");
}

async function withdraws(page, num) {
	const f = form(`/cases/${num}/share`, "share", "k01-1");
	await page.locator(`details.danger:has(${f}) summary`).click();
	await page.locator(`${f} [name=confirm]`).fill("k01-1");
	await page.locator(`${f} button`).click();
	await page.waitForLoadState();
	await ask("withdrawn");
}

// A day as whoever writes in this language types it.
function typed(language, day) {
	const [year, month, date] = day.split("-").map(Number);
	return language === "de" ? `${date}.${month}.${year}` : day;
}

async function journey(language) {
	const who = await entered(language);
	const { page } = who;
	const first = language === "en";
	if (first) {
		await visit(who, "/cases", "cases-empty");
		await visit(who, "/holds", "holds-empty");
	}
	await page.goto(world.url + "/requests");
	await page.locator("[name=type]").selectOption("access");
	await fill(page, { registration: "9999" });
	await submit(page, "/requests");
	expect(await page.locator(".error").count() === 1, "an error");
	await look(who, "requests-wrong");
	const num = await take(page, "access", {});
	await look(who, "requests-taken");
	await take(page, "erasure", { registration: String(world.who.id),
		received: typed(language, world.soon) });
	const late = await take(page, "objection", {
		received: typed(language, world.late) });

	// Who it is.
	await page.goto(`${world.url}/cases/${num}`);
	await fill(page, { search: world.who.email });
	await submit(page, `/cases/${num}/find`);
	await look(who, "case-find");
	await submit(page, `/cases/${num}/match`);
	await look(who, "case");
	await page.locator("[name=shown]").selectOption("receipt");
	await submit(page, `/cases/${num}/match`);
	for (const d of await page.locator("details").all())
		await d.locator("summary").click();
	if (first)
		await look(who, "case-all-open");
	await paper(who, "case");
	await page.goto(`${world.url}/cases/${num}`);
	await press(page, num, "restrict");
	expect(await page.locator(form(`/cases/${num}/act`, "do", "lift")).count()
		=== 1, "restricted");
	await ask("gone");

	// The letter, then the step.
	await answer(page, num, "extend", "why_longer", first ?
		"Two sponsors must be asked first." :
		"Wir müssen erst zwei Sponsoren fragen.");
	await look(who, "case-letter");
	await submit(page, `/cases/${num}/answer`);
	await press(page, num, "lift");
	await ask("there");
	await (first ? rights(page, num) : withdraws(page, num));
	await page.goto(`${world.url}/cases/${late}`);
	await answer(page, late, "refuse", "why_refused", "No.");
	await page.goto(world.url + "/cases");
	expect(await page.locator(".over").count() > 0, "over-due");
	await look(who, "cases");
	await page.goto(`${world.url}/cases/${num}`);
	await answer(page, num, "done", "outcome", "–");
	await submit(page, `/cases/${num}/answer`);
	await look(who, "case-closed");

	await page.goto(world.url + "/holds");
	await fill(page, { registration: String(world.who.id), reason: "7 O 12/26",
		reviewer: "Office", review: typed(language, world.review) });
	await submit(page, "/holds");
	await look(who, "holds");
	await page.locator("details.danger summary").click();
	await look(who, "holds-lift");
	await fill(page, { confirm: await page.locator("tbody th").first()
		.innerText() });
	await submit(page, "/holds/");
	expect(await page.locator("details.danger").count() === 0, "lifted");
	return who;
}

async function opens(page, link) {
	await page.goto("about:blank");	// where the script of /my/ is not
	await page.goto(`${world.url}/my/#${link}`);
	await page.locator("#open button").click();
	await page.waitForLoadState();
}

// One asks the officer, one at /my/; both see that it is planned, and let it
// be. When its time is over nothing of them is left on any page.
async function erased(who) {
	const { page } = who;
	const { asks, self } = world.gone;
	const num = await take(page, "erasure", { registration: String(asks.id) });
	await page.goto(`${world.url}/cases/${num}`);
	await page.locator("[name=shown]").selectOption("receipt");
	await submit(page, `/cases/${num}/match`);
	await see(page, asks.email);
	const f = form(`/cases/${num}/act`, "do", "erase");
	await page.locator(`details:has(${f}) summary`).click();
	await page.locator(`${f} [name=proof]`).fill(PASSWORD);
	await page.locator(`${f} [name=proof-code]`).fill(totp(who.secret, 1));
	await page.locator(`${f} button`).click();
	await page.waitForLoadState();
	await see(page, "All is erased on");
	await look(who, "case-erasure-planned");

	const they = await browser("en");
	await opens(they.page, self.first);
	await they.page.locator("button[name=act][value=erase]").click();
	await they.page.locator("button[name=act][value=erase-yes]").click();
	await they.page.locator("button[name=act][value=undo]").waitFor();
	await opens(they.page, asks.first);
	await they.page.locator("button[name=act][value=undo]").waitFor();
	await look(they, "my-planned-by-officer");

	await ask("days");
	for (const { then, name, email } of [asks, self]) {
		await opens(they.page, then);
		const text = await they.page.locator("body").innerText();
		expect(!text.includes(email) && !text.includes(name),
			"nothing is left to be seen");
		expect(await they.page.locator("button[name=act]").count() === 0,
			"and nothing to be done");
	}
	await look(they, "my-erased");
	await they.context.close();
	// The login did not last as long.
	await page.goto(`${world.url}/cases/${num}`);
	expect(new URL(page.url()).pathname === "/login", "logged out");
	await logIn(who, "en@summit.example");
	await fill(page, { code: totp(who.secret, world.gone.steps) });
	await submit(page, "/login");
	await page.goto(`${world.url}/cases/${num}`);
	await see(page, "This case is closed");
	const text = await page.locator("main").innerText();
	expect(/State\s+done\s/.test(text), "it was done");
	expect(!text.includes(asks.email) && !text.includes(asks.name),
		"the case has no person's values");
	await look(who, "case-erased");
}

const en = await journey("en");
const de = await journey("de");
await de.context.close();
await erased(en);
await en.context.close();
await finish();
