// SPDX-License-Identifier: Apache-2.0
import { PASSWORD, accept, ask, enrol, expect, fill, finish, look, paper, see,
	submit, totp, visit, world } from "./support.mjs";

async function enter(language, [mail, link]) {
	const who = await accept(language, mail, link);
	await who.page.goto(world.url + "/leads");
	return who;
}

const lead = "#leads tbody tr";

// One lead is there; three more come while somebody reads, and nothing moves.
async function live(who) {
	const { page } = who;
	await look(who, "leads-empty");
	await ask("one");
	const news = page.locator("#news");
	await news.filter({ hasText: "1 new: show" }).waitFor({ timeout: 60000 });
	await news.click();
	await page.locator(lead).first().waitFor();
	const name = await page.locator(lead + " a").innerText();
	expect(await page.evaluate(() => document.activeElement.matches(
		"#leads a")), "the first lead has the focus");
	await ask("three");
	await news.filter({ hasText: "3 new: show" }).waitFor({ timeout: 60000 });
	expect(await page.locator(lead).count() === 1, "nothing has moved");
	await look(who, "leads-new");
	await news.press("Enter");
	await page.locator(lead).nth(3).waitFor();
	expect(await news.isHidden(), "they are shown");
	expect(await page.locator(lead + " a").nth(3).innerText() === name,
		"the first one is the last now");
	await look(who, "leads");
}

// Two open the same lead: the second one is shown both.
async function note(who, other) {
	const { page } = who;
	await page.locator(lead + " a").nth(1).click();
	await page.waitForLoadState();
	await other.page.goto(page.url());
	await page.locator("[name=rating]").selectOption("5");
	await fill(page, { tags: "hot, board A", text: "Call her\nin May" });
	await page.locator("[name=answer-interest]").selectOption("Board A");
	await submit(page, "/leads/");
	await see(page, "Saved.");
	await look(who, "lead");
	await paper(who, "lead");
	await fill(other.page, { text: "Schon angerufen" });
	await submit(other.page, "/leads/");
	await see(other.page, "Jemand anderes hat");
	await look(other, "lead-both");
}

async function search(who) {
	const { page } = who;
	await page.goto(world.url + "/leads");
	await page.locator("details.look summary").click();
	await page.locator("[name=rating]").selectOption("5");
	await submit(page, "/leads");
	expect(await page.locator(lead).count() === 1, "one is that good");
	await look(who, "leads-filtered");
	await paper(who, "leads");
}

async function download(who) {
	const { page } = who;
	await page.goto(world.url + "/leads");
	await page.getByRole("link", { name: "Export the leads" }).click();
	await look(who, "downloads-empty");
	const coming = page.waitForEvent("download");
	await submit(page, "/downloads");
	await coming;
	await page.goto(world.url + "/downloads");
	await page.locator("details.sum summary").first().click();
	await look(who, "downloads");
}

// It appears by itself on the page that is open, and goes with the button.
async function withdrawn(who, other) {
	const { page } = who;
	await page.goto(world.url + "/leads");
	const gone = await page.locator(lead + " a").first().getAttribute("href");
	await ask("withdraw");
	const box = page.locator("#owed a");
	await box.waitFor({ timeout: 60000 });
	await look(who, "leads-owed");
	// Who had it open, or has its address, is told what may have happened.
	await visit(who, gone, "lead-gone");
	await visit(other, gone, "lead-gone");
	expect(who.answer.status() === 404, "it is not there");
	await box.click();
	await page.waitForLoadState();
	await see(page, "Withdrawn by the attendee");
	await look(who, "withdrawals");
	await submit(page, "/withdrawals/");
	await see(page, "Acknowledged. It is kept");
	expect(await page.locator("#owed a").count() === 0, "nothing is owed");
	await look(who, "withdrawals-done");
}

async function others(who, other) {
	await visit(who, "/booths", "booths-own");
	await visit(who, "/team", "team");
	await who.page.locator("details.danger summary").first().click();
	await look(who, "team-acts");
	await fill(who.page, { mail: "new@example.com", proof: PASSWORD });
	await who.page.locator("form[action='/team'] button").click();
	await who.page.waitForLoadState();
	await look(who, "team-link");
	await visit(who, "/ours", "ours");
	expect(await who.page.locator("img.screen").first().evaluate((i) =>
		i.complete && i.naturalWidth === 800), "the screen is drawn");
	await visit(other, "/ours", "ours");
	await visit(other, "/leads?q=niemand", "leads-none");
	await visit(other, "/withdrawals", "withdrawals");
	await visit(other, "/downloads", "downloads");
	await visit(other, "/booths", "booths-own");
	await visit(other, "/team", "team");
	await other.page.locator("a[href$='/link']").first().click();
	await other.page.waitForLoadState();
	await look(other, "team-link-ask");
	await fill(other.page, { proof: PASSWORD });
	await submit(other.page, "/team/");
	await look(other, "team-link-again");
}

// A second factor of one's own will, and away with it.
async function second(who) {
	const { page } = who;
	await visit(who, "/me/second", "second-ask");
	await fill(page, { proof: PASSWORD });
	await submit(page, "/me/second/new");
	await enrol(who, "/me/second");
	await visit(who, "/me/second/remove", "second-remove");
	await fill(page, { proof: PASSWORD, "proof-code": totp(who.secret, 1) });
	await submit(page, "/me/second/remove");
	await page.locator("main a[href='/me/second']").waitFor();
	expect(await page.locator("a[href='/me/recovery']").count() === 0,
		"there is none any more");
}

const marta = await enter("en", world.people[0]);
const marlene = await enter("de", world.people[1]);
await live(marta);
await note(marta, marlene);
await search(marta);
await download(marta);
await withdrawn(marta, marlene);
await others(marta, marlene);
const sam = await enter("en", world.people[2]);
await look(sam, "leads-scanner");
await sam.page.locator(lead + " a").first().click();
await sam.page.waitForLoadState();
expect(!/mailto:|@[^"<]*\.example\b/.test(await sam.page.content()),
	"no value");
await look(sam, "lead-scanner");
await second(sam);
for (const who of [marta, marlene, sam])
	await who.context.close();
await finish();
