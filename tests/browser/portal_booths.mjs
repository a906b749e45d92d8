// SPDX-License-Identifier: Apache-2.0
import { openSync, writeSync } from "node:fs";
import { browser, expect, fill, finish, look, see, submit, visit,
	world } from "./support.mjs";

const pipe = openSync(world.pipe, "w");

function booth(word, what) {
	writeSync(pipe, `${word} ${what}\n`);
}

async function person(who, language) {
	const p = await browser(language);
	await p.context.addCookies(Object.entries(world.cookies[who]).map(
		([name, value]) => ({ name, value, url: world.url })));
	return p;
}

function shares(page) {
	return page.locator(".figures dd").first().innerText();
}

async function journey(language, name, before) {
	const who = await person(language, language);
	const { page } = who;

	await visit(who, "/devices", "devices");
	await fill(page, { name, booth: "Hall 2, B14" });
	await page.locator("[name=sponsor]").selectOption("example-corp");
	await submit(page, "/devices");
	await look(who, "device-address");
	const address = await page.locator("#address").innerText();

	// The dashboard is open while the device enrols and sends three leads.
	await page.goto(world.url + "/dashboard");
	await page.waitForSelector("#chart:not([hidden]) canvas");
	expect(await shares(page) === String(before), "what was counted before");
	await page.evaluate(() => { window.same = true; });
	booth("enrol", address);
	booth("share", 3);
	await page.waitForFunction((n) =>
		document.querySelector(".figures dd").innerText === n,
	String(before + 3), { timeout: 60000 });
	expect(await page.evaluate(() => window.same), "no reload");
	const chart = await page.evaluate(() => {
		const c = Chart.getChart(document.querySelector("canvas"));
		return c.data.datasets[0].data.reduce((a, b) => a + b, 0);
	});
	expect(chart === before + 3, "the chart has them too");
	await look(who, "dashboard");
	await visit(who, "/dashboard?since=event", "dashboard-event");

	// Without script the page says the same.
	const plain = await who.b.newContext({ javaScriptEnabled: false });
	await plain.addCookies(await who.context.cookies());
	const p = await plain.newPage();
	await p.goto(world.url + "/dashboard");
	expect(await p.locator(".figures dd").first().innerText() ===
		String(before + 3), "without script");
	expect(await p.locator("#times tbody tr").count() === 24, "its table");
	await plain.close();

	// With the keyboard from the list to the device's page.
	await page.goto(world.url + "/devices");
	await page.locator(`a[href="/devices/${name}"]`).focus();
	await page.keyboard.press("Enter");
	await page.waitForURL("**/devices/" + name);
	await page.locator("details.danger summary").first().click();
	await look(who, "device");
	await page.locator("details[open] [name=confirm]").fill(name);
	await submit(page, `/devices/${name}/lost`);
	await see(page, language === "de" ? "gilt als verloren" :
		"listed as lost");
	await look(who, "device-lost");
	await who.b.close();
}

await journey("en", "k10", 3);
await journey("de", "k11", 6);
const mia = await person("mia", "en");
await visit(mia, "/booths", "booths");
expect(await mia.page.getByText("acme").count() === 0, "own booths alone");
await mia.b.close();
finish();
