// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { entered, expect, finish, look, see, visit, world }
	from "./support.mjs";

async function taken(page, action) {
	const file = page.waitForEvent("download");
	await page.locator(`form[action="${action}"] button`).click();
	return (await file).path();
}

// On a telephone the list of pages opens on demand, and closes, without script.
async function menu({ page }) {
	const audit = page.locator("#pages a[href='/audit']");
	await page.setViewportSize({ width: 360, height: 740 });
	for (const [press, shown] of [["", false], ["#pages", true],
		["#main", false], ["#pages", true]]) {
		if (press)
			await page.locator(`.menu[href='${press}']`).click();
		expect(await audit.isVisible() === shown, `pages after ${press}`);
	}
	await audit.click();
	await page.waitForURL("**/audit");
	await page.setViewportSize({ width: 1280, height: 800 });
}

async function journey(language) {
	const who = await entered(language);
	const { page } = who;

	if (language === "en")
		await visit(who, "/exports", "exports-empty");
	await page.goto(world.url + "/exports");
	await page.locator("[name=format]").selectOption("csv");
	const path = await taken(page, "/exports/leads");
	const sum = createHash("sha256").update(readFileSync(path)).digest("hex");
	// The page that stayed open says so by itself.
	await see(page, sum);
	await taken(page, "/exports/logs");
	await look(who, "exports");
	if (language === "en")
		await menu(who);
	await visit(who, "/audit?act=export", "audit");
	await page.locator("a[href='/audit/verify']").click();
	await page.waitForLoadState();
	await look(who, "audit-verified");
	await page.goto(world.url + "/audit?actor=nobody");
	expect(await page.locator(".empty a").count() === 1, "a way back");
	if (language === "en")
		await look(who, "audit-empty");
	await who.b.close();
}

await journey("en");
await journey("de");
finish();
