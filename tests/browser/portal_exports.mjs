// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:http";
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

// An export that is asked for and not read.
async function begun({ page, context }, format) {
	const csrf = await page.locator("[name=csrf]").first().inputValue();
	const cookies = await context.cookies();
	const r = request(world.url + "/exports/leads", { method: "POST",
		headers: { "Content-Type": "application/x-www-form-urlencoded",
			Cookie: cookies.map((c) => `${c.name}=${c.value}`).join("; ") } });
	r.on("error", () => {});
	r.on("response", (answer) => answer.pause());
	r.end(new URLSearchParams({ csrf, sponsor: "example-corp",
		format }).toString());
	return r;
}

// The open page says by itself that an export runs, how far it is, and that it
// has ended; axe sees it, too.
async function running(who) {
	const { page } = who;
	const bar = page.locator("#making progress");
	const values = new Set();

	// A workbook is made for seconds, and the page asks once a second.
	await bar.waitFor({ state: "detached" });
	let r = await begun(who, "xlsx");
	await bar.waitFor();
	for (;;) {
		const at = await page.evaluate(() => {
			const e = document.querySelector("#making progress");
			return e && [e.value, e.max];
		});
		if (at === null || at[1] === 1)
			break;
		expect(at[0] <= at[1] && at[1] >= 150001 && at[1] < 150005,
			`${at[0]} of ${at[1]}`);
		values.add(at[0]);
	}
	expect(values.size > 0, "it was seen while it was made");
	r.destroy();
	await bar.waitFor({ state: "detached" });
	// What is large and not read is being sent.
	r = await begun(who, "json");
	await bar.waitFor();
	await page.locator("#making progress[max='1']").waitFor();
	await look(who, "exports-running");
	r.destroy();
	await bar.waitFor({ state: "detached" });
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
	await running(who);
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
	await who.context.close();
}

await journey("en");
if (world.german)
	await journey("de");
await finish();
