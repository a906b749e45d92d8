// SPDX-License-Identifier: Apache-2.0
import { ask, entered, fill, finish, look, paper, see, submit, visit, world }
	from "./support.mjs";

async function letter(who, path) {
	const { page } = who;
	await visit(who, `${path}/letter`, "letter-empty");
	await fill(page, { happened: "A device was lost at booth 7.",
		likely: "Whoever finds it may read what your badge holds.",
		done: "The device opens nothing from tomorrow on.",
		advice: "Have your badge replaced at the desk." });
	await submit(page, path);
	await look(who, "letter");
	await visit(who, `${path}/letter?lang=ar`, "letter-arabic");
}

async function draft(who, path) {
	const { page } = who;
	await visit(who, `${path}/draft`, "incident-draft-empty");
	await fill(page, { from: "2999-01-01" });
	await submit(page, `${path}/draft`);
	await look(who, "incident-draft-refused");
	await fill(page, { from: "2026-01-02", consequences: "Unwanted calls." });
	await submit(page, `${path}/draft`);
	await look(who, "incident-draft");
}

async function end(who, path) {
	const { page } = who;
	await visit(who, `${path}/reported`, "incident-notified");
	await visit(who, "/dashboard", "dashboard-incident");
	await visit(who, `${path}/close`, "incident-close-empty");
	await fill(page, { "no-notice": "No risk to anybody.",
		"no-letter": "No high risk.", effects: "None known.",
		remedy: "The device was found again." });
	await look(who, "incident-close");
	await submit(page, `${path}/close`);
	await look(who, "incident-closed");
}

async function incident(who) {
	const { page } = who;
	await visit(who, "/duties/incidents", "incidents-empty");
	await fill(page, { device: "k01", aware: "soon" });
	await submit(page, "/duties/incidents");
	await look(who, "incidents-refused");
	await fill(page, { aware: world.aware });
	await submit(page, "/duties/incidents");
	await look(who, "incident");
	const path = new URL(page.url()).pathname;
	await paper(who, "incident");
	await letter(who, path);
	await draft(who, path);
	await end(who, path);
	await visit(who, `${path}/people`, "incident-people");
	await visit(who, "/duties/incidents", "incidents");
}

async function disclosure(who) {
	const { page } = who;
	await visit(who, "/duties/disclosures", "disclosures-empty");
	await page.locator("[name=basis]").selectOption("court");
	await fill(page, { asked: "Amtsgericht Musterstadt", decided: "DSB",
		registration: "1", reason: "12 Js 3/26" });
	await page.locator("[name=field][value=email]").check();
	await page.locator("[name=sure]").check();
	// The form above it, which searches, goes there too.
	await page.locator('form[method="post"][action="/duties/disclosures"] ' +
		"button").click();
	await page.waitForLoadState();
	await see(page, "Amtsgericht Musterstadt");
	await look(who, "disclosures");
}

// Somebody sets the host's clock, so it is last: no code of now fits any more.
async function clock(who) {
	await ask("doubt");
	await visit(who, "/duties", "duties-clock");
	await who.page.locator("#clock").waitFor();
}

for (const language of world.german ? ["de", "en"] : ["en"]) {
	const who = await entered(language);
	await visit(who, "/duties", "duties");
	await visit(who, "/duties/aggregates", "aggregates");
	await incident(who);
	await disclosure(who);
	if (language === "en")
		await clock(who);
	await who.context.close();
}
await finish();
