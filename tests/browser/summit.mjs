// SPDX-License-Identifier: Apache-2.0
// See summit.py.
import { PASSWORD, accept, ask, entered, expect, fill, finish, look, see,
	submit, totp, visit, world } from "./support.mjs";

const sponsor = "/policy/draft/sponsors/gizmo";

async function report(who) {
	const { page } = who;
	await visit(who, "/registrations", "registrations-empty");
	await see(page, "Nobody has been imported yet");
	await visit(who, "/registrations/import", "import-upload");
	await page.locator("#file").setInputFiles(world.report);
	await submit(page, "/registrations/import");
	await look(who, "import-preview");
	// Another column for the company, and back to what was guessed.
	await page.locator("#m6").selectOption({ label: "Order Type" });
	await page.locator(".mapping button").click();
	await page.waitForLoadState();
	expect(/[?&]m6=8(&|$)/.test(page.url()), "the choice is in the address");
	await page.locator("#m6").selectOption("");
	await page.locator(".mapping button").click();
	await page.waitForLoadState();
	await page.locator("form[action$='/apply'] button").click();
	await see(page, "was applied");
}

async function policy(who) {
	const { page } = who;
	await visit(who, "/policy", "policy-none");
	await submit(page, "/policy/draft");
	await visit(who, "/policy/draft/event", "policy-event-empty");
	const [from, until] = world.days;
	await fill(page, { valid_from: from, valid_until: until,
		retention_days: "30" });
	await page.locator("#first").selectOption("en");
	await submit(page, "/policy/draft/event");
	await page.goto(world.url + "/policy/draft");
	await fill(page, { sponsor: "gizmo" });
	await submit(page, "/policy/draft/sponsors");
	await fill(page, { name: "Gizmo", country: "DE",
		privacy_url: "https://gizmo.example/p", contact: "dpo@gizmo.example",
		purpose_en: "call you" });
	await page.locator("#field_name").selectOption("required");
	await page.locator("#field_email").selectOption("required");
	await submit(page, sponsor);
	await visit(who, "/policy/draft/changes", "policy-first");
	await fill(page, { confirm: "1" });
	await submit(page, "/policy/draft/install");
	await see(page, "The draft was installed");
}

// The dashboard is open while the device enrols and three share there.
async function device(who) {
	const { page } = who;
	await page.goto(world.url + "/devices");
	await fill(page, { name: "k07", booth: "Hall 2, B14" });
	await page.locator("[name=sponsor]").selectOption("gizmo");
	await submit(page, "/devices");
	await look(who, "device-address");
	const address = await page.locator("#address").innerText();
	// It is told: that it looks by itself once a minute is not enough.
	await page.addInitScript(() => { window.setInterval = () => 0; });
	await page.goto(world.url + "/dashboard");
	expect(await page.locator("#chart").isHidden(), "no chart of nothing");
	await page.evaluate(() => { window.same = true; });
	await ask("enrol", address);
	await ask("three");
	await page.waitForFunction(() =>
		document.querySelector(".figures dd")?.innerText === "3", null,
	{ timeout: 60000 });
	await page.waitForSelector("#chart:not([hidden]) canvas");
	expect(await page.evaluate(() => window.same), "no reload");
	const chart = await page.evaluate(() => {
		const c = Chart.getChart(document.querySelector("canvas"));
		return c.data.datasets[0].data.reduce((a, b) => a + b, 0);
	});
	expect(chart === 3, "the chart has them too");
	await look(who, "dashboard", true);
}

async function invited(who) {
	const { page } = who;
	await page.goto(world.url + "/people");
	await fill(page, { mail: "mia@gizmo.example", proof: PASSWORD,
		"proof-code": totp(who.secret, 1) });
	await page.locator("[name=role]").selectOption("sponsor-manager");
	await page.locator("[name=sponsor]").selectOption("gizmo");
	await submit(page, "/people");
	return page.locator("code.secret").innerText();
}

async function leads(link) {
	const who = await accept("en", "mia@gizmo.example", link);
	const { page } = who;
	await page.goto(world.url + "/leads");
	const lead = page.locator("#leads tbody tr");
	expect(await lead.count() === 3, "three leads");
	await lead.locator("a").nth(1).click();
	await page.waitForURL(/\/leads\/./);
	await page.locator("[name=rating]").selectOption("5");
	await fill(page, { text: "Call her\nin May" });
	await submit(page, "/leads/");
	await see(page, "Saved.");
	await visit(who, "/leads", "leads", true);
	await page.getByRole("link", { name: "Export the leads" }).click();
	await page.waitForURL(/\/downloads/);
	const coming = page.waitForEvent("download");
	await submit(page, "/downloads");
	const file = await coming;
	expect(file.suggestedFilename() === "leads-gizmo.xlsx",
		file.suggestedFilename());
	await file.saveAs(world.file);
	await who.context.close();
}

const olga = await entered("en");
await report(olga);
await policy(olga);
await device(olga);
await leads(await invited(olga));
await olga.context.close();
await finish();
