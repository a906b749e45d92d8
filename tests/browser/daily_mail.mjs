// SPDX-License-Identifier: Apache-2.0
import { browser, expect, finish, look, see, visit,
	world } from "./support.mjs";

async function attendee(language) {
	const who = await browser(language);
	const { page } = who;

	await visit(who, "/my/shares/", "daily-ask");
	await page.goto("about:blank");
	await page.goto(world.url + world.shares);
	await page.waitForSelector("main h2");
	expect(!page.url().includes("#"), "no code in the address");
	await look(who, "daily-shares");
	return who;
}

async function acts(who) {
	const { page } = who;

	await page.getByRole("button", { name: "Withdraw" }).first().click();
	await see(page, "Withdrawn");
	await look(who, "daily-withdrawn");
	await page.getByRole("button", { name: "That was not me" }).last().click();
	await look(who, "daily-not-me-sure");
	await page.getByRole("button", { name: "Yes, that was not me" }).click();
	await see(page, "Thank you for telling us");
	await look(who, "daily-not-me");
	await visit(who, world.stop, "daily-stop");
	await page.getByRole("button", { name: "Stop these mails" }).click();
	await see(page, "You will get no more");
	await look(who, "daily-stopped");
}

async function staff(language) {
	const who = await browser(language);

	await who.context.addCookies(Object.entries(world.cookies[language]).map(
		([name, value]) => ({ name, value, url: world.url })));
	await visit(who, "/mail", "mail");
	await who.context.close();
}

for (const language of ["ar", "de"])
	await (await attendee(language)).context.close();
const who = await attendee("en");
await acts(who);
await who.context.close();
await staff("en");
await staff("de");
await finish();
