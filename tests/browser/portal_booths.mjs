// SPDX-License-Identifier: Apache-2.0
import { browser, expect, fill, finish, look, paper, see, submit, visit,
	world } from "./support.mjs";

async function person(who, language) {
	const p = await browser(language);
	await p.context.addCookies(Object.entries(world.cookies[who]).map(
		([name, value]) => ({ name, value, url: world.url })));
	return p;
}

async function journey(language, name, old) {
	const who = await person(language, language);
	const { page } = who;

	await visit(who, "/devices", "devices", true);
	await fill(page, { name, booth: "Hall 2, B14" });
	await page.locator("[name=sponsor]").selectOption("example-corp");
	await submit(page, "/devices");
	await look(who, "device-address");

	// How it counts while it is open is in summit.mjs.
	await page.goto(world.url + "/dashboard");
	await page.waitForSelector("#chart:not([hidden]) canvas");
	await look(who, "dashboard");
	expect(await page.locator("#times .table-responsive").evaluate((e) =>
		e.scrollWidth <= e.clientWidth), "all of it is seen");
	await paper(who, "dashboard");
	await visit(who, "/review", "review");
	await visit(who, "/dashboard?since=event", "dashboard-event");

	// Without script the page says the same.
	const plain = await who.b.newContext({ javaScriptEnabled: false });
	await plain.addCookies(await who.context.cookies());
	const p = await plain.newPage();
	await p.goto(world.url + "/dashboard");
	expect(await p.locator(".figures dd").first().innerText() === "3",
		"without script");
	expect(await p.locator("#times tbody tr").count() === 24, "its table");
	await plain.close();

	// With the keyboard from the list to the device's page.
	await page.goto(world.url + "/devices");
	await page.locator(`a[href="/devices/${old}"]`).focus();
	await page.keyboard.press("Enter");
	await page.waitForURL("**/devices/" + old);
	await page.locator("details.danger summary").first().click();
	await look(who, "device");
	await page.locator("details[open] [name=confirm]").fill(old);
	await submit(page, `/devices/${old}/lost`);
	await see(page, language === "de" ? "gilt als verloren" :
		"listed as lost");
	await look(who, "device-lost");
	await who.context.close();
}

await journey("en", "k10", "k03");
if (world.german)
	await journey("de", "k11", "k02");
const mia = await person("mia", "en");
await visit(mia, "/booths", "booths");
expect(await mia.page.getByText("acme").count() === 0, "own booths alone");
await mia.context.close();
await finish();
