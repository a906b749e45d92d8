// SPDX-License-Identifier: Apache-2.0
import { entered, expect, fill, finish, look, submit, visit, world }
	from "./support.mjs";

const form = (action, name, value) => `form[action$="${action}"]:has(` +
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
		received: world.soon });
	const late = await take(page, "objection", { received: world.late });

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
	await page.goto(`${world.url}/cases/${num}`);
	await page.locator(`${form(`/cases/${num}/act`, "do", "restrict")} button`)
		.click();
	await page.waitForLoadState();
	expect(await page.locator(form(`/cases/${num}/act`, "do", "lift")).count()
		=== 1, "restricted");

	// The letter, then the step.
	await answer(page, num, "extend", "why_longer", first ?
		"Two sponsors must be asked first." :
		"Wir müssen erst zwei Sponsoren fragen.");
	await look(who, "case-letter");
	await submit(page, `/cases/${num}/answer`);
	await page.locator(`${form(`/cases/${num}/act`, "do", "lift")} button`)
		.click();
	await page.waitForLoadState();
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
		reviewer: "Office", review: world.review });
	await submit(page, "/holds");
	await look(who, "holds");
	await submit(page, "/holds/");
	await who.context.close();
}

await journey("en");
await journey("de");
await finish();
