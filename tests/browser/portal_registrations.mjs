// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from "node:fs";
import { browser, expect, fill, finish, look, see, submit, visit,
	world } from "./support.mjs";

const words = {
	en: { wait: "Put an empty tag", done: "the badge is ready",
		held: "is withheld", free: "is released", again: "does not fit" },
	de: { wait: "Legen Sie jetzt ein leeres Tag", done: "Der Badge ist fertig",
		held: "ist ausgesetzt", free: "ist freigegeben",
		again: "passt nicht auf ein Tag" },
};

async function enter(language, cookies) {
	const who = await browser(language);
	await who.context.addCookies(Object.entries(cookies).map(
		([name, value]) => ({ name, value, url: world.url })));
	return who;
}

async function decide(who, say) {
	const { page } = who;
	await visit(who, "/registrations?status=attending", "registrations",
		true);
	await fill(page, { q: "LUMEN" });
	await page.keyboard.press("Enter");
	await page.waitForURL(/q=LUMEN/);
	await page.locator("tbody a").first().click();
	await page.waitForURL(/\/registrations\/\d+$/);
	await page.locator("details.danger summary").click();
	await look(who, "registration");
	await page.locator("#reason").selectOption("mistake");
	await submit(page, "/registrations/");
	await see(page, say.held);
	await look(who, "registration-withheld");
	await page.locator("details.danger summary").click();
	await page.locator("#reason").selectOption("undo");
	await submit(page, "/registrations/");
	await see(page, say.free);
}

async function write(who, say) {
	const { page, language } = who;
	await page.locator("a.btn-primary").click();
	await page.waitForURL(/\/badges\?registration=/);
	await see(page, "left");
	await look(who, "desk");
	await page.locator("#stations a").first().click();
	await page.waitForURL(/\/badges\/stations\/left\/\d+$/);
	await look(who, "desk-order");
	await submit(page, "/badges/stations/left/order");
	// Without a reload: the page is told.
	await see(page, say.wait);
	await look(who, "desk-waiting");
	writeFileSync(`${world.dir}/lay-${language}`, "");
	await see(page, language === "en" ? say.done : say.again);
	writeFileSync(`${world.dir}/take-${language}`, "");
	await look(who, "desk-ended");
	await visit(who, "/badges/stations/left?q=o", "desk-search");
	await visit(who, "/badges/sheet", "sheets");
}

async function story(language) {
	const say = words[language];
	const who = await enter(language, world.desk[language]);
	const { page } = who;
	await visit(who, "/registrations/import", "import-upload");
	await page.locator("#file").setInputFiles(world.report);
	await submit(page, "/registrations/import");
	await look(who, "import-preview");
	await decide(who, say);
	const one = page.url();
	await write(who, say);
	// What the person wants is not taken back here.
	if (language === "de") {
		await page.goto(one);
		await page.locator("details.danger summary").click();
		await page.locator("#reason").selectOption("objection");
		await submit(page, "/registrations/");
		await see(page, say.held);
		await look(who, "registration-objected");
	}
	await who.context.close();
}

async function minor() {
	const who = await enter("en", world.boss);
	await visit(who, "/minors?number=999", "minors-none");
	await visit(who, "/minors", "minors");
	await who.page.locator("tbody a").first().click();
	await who.page.waitForURL(/\/minors\/\d+$/);
	await look(who, "minor");
	await who.context.close();
}

await story("en");
if (world.german)
	await story("de");
await minor();
await finish();
