// SPDX-License-Identifier: Apache-2.0
// The whole story in English; in German, whose words are longer, the pages that
// have most of them.
import { browser, expect, fill, finish, look, see, submit, visit, world }
	from "./support.mjs";

const words = {
	en: { mend: "things to mend", wrong: "is missing", ok: "Nothing is wrong",
		done: "The draft was installed", none: "has no device yet" },
	de: { mend: "Sachen zu berichtigen", wrong: "\" fehlt",
		ok: "Er ist fehlerfrei", done: "Der Entwurf wurde installiert",
		none: "hat noch kein Gerät" },
};

async function journey(language, version) {
	const who = await browser(language);
	const { context, page } = who;
	const all = language === "en";
	const open = (path, name) => all ? visit(who, path, name) :
		page.goto(world.url + path);
	const say = words[language];
	const id = "new-" + language;
	const sponsor = "/policy/draft/sponsors/" + id;

	await context.addCookies([{ name: "badgeward", url: world.url,
		value: world.cookies[language] }]);
	await open("/policy", "policy");
	await submit(page, "/policy/draft");
	await fill(page, { sponsor: id });
	await submit(page, "/policy/draft/sponsors");
	await see(page, say.wrong);
	await look(who, "policy-sponsor-wrong");
	await open("/policy/draft", "policy-draft-wrong");
	await see(page, say.mend);
	await page.goto(world.url + sponsor);
	await fill(page, { name: "Gizmo <b> & \u05d0\u05d1\u05d2", country: "DE",
		privacy_url: "https://gizmo.example/p", contact: "dpo@gizmo.example",
		purpose_en: "call you", purpose_de: "Sie anrufen" });
	await page.locator("#field_name").selectOption("required");
	await page.locator("#field_email").selectOption("optional");
	await submit(page, sponsor);
	await page.locator("#file").setInputFiles(world.logo);
	await submit(page, sponsor + "/logo");
	await see(page, id + ".svg");
	if (all)
		await look(who, "policy-sponsor");
	await open(sponsor + "/texts", "policy-texts");
	await open("/policy/draft/texts", "policy-texts-all");
	await open("/policy/draft/event", "policy-event");
	await open(sponsor + "/screen?in=de", "policy-screen");
	expect(await page.locator("img.screen").first().evaluate(
		(img) => img.naturalWidth) === 800, "the screen was drawn");
	await open("/policy/draft/text", "policy-text");
	await see(page, say.ok);
	await visit(who, "/policy/draft", "policy-draft");
	await visit(who, "/policy/draft/changes", "policy-changes");
	await fill(page, { confirm: version });
	await submit(page, "/policy/draft/install");
	await see(page, say.done);
	if (all)
		await look(who, "policy-installed");
	await open("/policy/versions/" + version, "policy-version");
	await open("/sponsors", "sponsors");
	await open(`/sponsors/${id}/overview`, "sponsor");
	await see(page, say.none);
	await who.context.close();
}

await journey("en", "2");
if (world.german)
	await journey("de", "3");
await finish();
