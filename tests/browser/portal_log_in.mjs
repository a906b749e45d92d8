// SPDX-License-Identifier: Apache-2.0
import { FRONT, PASSWORD, browser, expect, fill, finish, look, see,
	sees_how_it_came, submit, totp, visit, world } from "./support.mjs";

const words = {
	en: { set: "Your password is set", out: "You are logged out",
		ended: "The login was ended", bad: "do not fit together" },
	de: { set: "Ihr Passwort ist festgelegt", out: "Sie sind ausgeloggt",
		ended: "Die Anmeldung wurde beendet", bad: "passen nicht zusammen" },
};

async function password(page, mail, pass) {
	await page.goto(world.url + "/login");
	await fill(page, { mail, password: pass });
	await submit(page, "/login");
}

async function enrol(who) {
	const { page } = who;
	await look(who, "enrol");
	await page.locator("main details summary").click();
	const secret = await page.locator("code.secret").innerText();
	await fill(page, { code: totp(secret) });
	await submit(page, "/login/enrol");
	await look(who, "recovery");
	const codes = await page.locator(".codes code").allInnerTexts();
	expect(codes.length === 10, "ten recovery codes");
	return codes;
}

async function journey(language) {
	const [mail, link] = world.people[language];
	const say = words[language];
	const who = await browser(language);
	const { page } = who;

	await visit(who, link, "invited");
	await sees_how_it_came(page);
	await fill(page, { password: PASSWORD, again: "another one" });
	await submit(page, "/invite/");
	await look(who, "invited-refused");
	await fill(page, { password: PASSWORD, again: PASSWORD });
	await submit(page, "/invite/");
	await see(page, say.set);
	await look(who, "login");
	await password(page, mail, "something else entirely");
	await see(page, say.bad);
	await look(who, "login-refused");
	await password(page, mail, PASSWORD);
	const codes = await enrol(who);
	// The rest of the story once; its pages in both languages.
	if (language !== "en") {
		await visit(who, "/me", "me");
		await visit(who, "/me/tokens", "token-ask");
		await visit(who, "/people", "people");
		await submit(page, "/logout");
		await see(page, say.out);
		await who.context.close();
		return;
	}

	// A second browser, which is shown the door.
	const other = await browser(language);
	await password(other.page, mail, PASSWORD);
	await look(other, "second");
	await fill(other.page, { code: codes[0] });
	await submit(other.page, "/login/second");
	await other.page.goto(world.url + "/me");
	await visit(who, "/me", "me");
	await submit(page, "/me/logins/");
	await see(page, say.ended);
	await other.page.goto(world.url + "/me");
	expect(other.page.url().endsWith("/login"), "the other is out");
	await other.context.close();

	await visit(who, "/me/recovery", "recovery-ask");
	await visit(who, "/me/tokens", "token-ask");
	await fill(page, { token: "Grafana", proof: PASSWORD,
		"proof-code": codes[1] });
	await submit(page, "/me/tokens");
	await look(who, "token");
	await visit(who, "/tokens", "tokens");
	await visit(who, "/people", "people");
	await fill(page, { mail: `desk.${language}@summit.example`,
		proof: PASSWORD, "proof-code": codes[2] });
	await page.locator("[name=role]").selectOption("badge-desk");
	await submit(page, "/people");
	await look(who, "people-link");
	await page.goto(world.url + "/people");
	// Somebody else: nobody makes a link for oneself.
	await page.locator("tbody tr", { hasText: `desk.${language}@` })
		.locator("a").first().click();
	await page.locator("details.danger summary").first().click();
	await look(who, "person");
	await page.locator("a[href$='/reset']").click();
	await page.waitForURL("**/reset");
	await look(who, "person-reset");
	await visit(who, "/people/999", "missing");

	// With the keyboard: the skip link is first and leads to the content.
	await page.goto(world.url + "/me");
	await page.keyboard.press("Tab");
	expect(await page.evaluate(() => document.activeElement.className) ===
		"skip", "the skip link is first");
	await page.keyboard.press("Enter");
	expect(await page.evaluate(() => document.activeElement.id) === "main",
		"it leads to the content");
	await submit(page, "/logout");
	await see(page, say.out);
	await who.context.close();
}

await journey("en");
// nginx, in front, changes no word.
if (!FRONT && world.german)
	await journey("de");
await finish();
