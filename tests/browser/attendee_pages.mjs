// SPDX-License-Identifier: Apache-2.0
// See attendee_pages.py.
import { readFileSync } from "node:fs";
import { unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ALL, browser, expect, finish, look, see, turn, visit, world }
	from "./support.mjs";

// Nothing of a page comes from elsewhere, and nothing is remembered.
function watch(who) {
	who.page.on("request", (r) => expect(r.url().startsWith(world.url + "/") ||
		/^(data|blob):/.test(r.url()), `it asks ${r.url()}`));
}

// Letters twice as large, on a telephone.
async function large(who, name) {
	await who.page.setViewportSize({ width: 360, height: 740 });
	await who.page.evaluate(() => {
		document.documentElement.style.fontSize = "200%";
	});
	const wide = await who.page.evaluate(() =>
		document.documentElement.scrollWidth - innerWidth);
	expect(wide <= 0, `${name}: ${wide} px too wide in large letters`);
	if (ALL)
		await who.page.screenshot({ fullPage: true, path: `${world.screens}/`
			+ `${name}-${who.language}-large.png` });
}

// A code as good as any other, which nobody has.
function guess() {
	return Array.from({ length: 25 }, () => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[
		Math.floor(Math.random() * 32)]).join("") + "A";
}

async function post(page, code) {
	await page.goto(`${world.url}/r/`);
	await page.locator("#code").evaluate((e, v) => { e.value = v; }, code);
	await Promise.all([page.waitForNavigation(),
		page.locator("#ask button").click()]);
}

// What a person is told whose request is refused.
async function refused(who) {
	const { page, context } = who;
	for (const [address, status, name] of [["/nothing", 404, "missing"],
		["/logout", 405, "odd"]]) {
		const answer = await page.goto(world.url + address);
		expect(answer.status() === status, `${address} is ${status}`);
		await look(who, `attendee-refused-${name}`);
	}
	await post(page, "A".repeat(100000));
	await page.locator("main h1").waitFor();
	await look(who, "attendee-refused-large");
	for (let i = 0, slow = false; i < 20 && !slow; i++)
		slow = (await context.request.post(`${world.url}/r/`, { form:
			{ act: "withdraw", code: guess() } })).status() === 429;
	await post(page, guess());
	await Promise.all([page.waitForNavigation(),
		page.locator("button[value=withdraw]").click()]);
	expect(await page.locator("[role=status]").count() === 1, "too many");
	await look(who, "attendee-refused-slow");
}

// From the receipt's page, where a link to everything is asked for.
async function linked(who) {
	const { page } = who;
	await page.goto(`${world.url}/b`);
	await page.goto(`${world.url}/r/#${world.code}`);
	await see(page, "Example Corp");
	await Promise.all([page.waitForNavigation(),
		page.locator("button[value=all]").click()]);
	expect(await page.locator("main [role=status]").count() === 1,
		"it does not say what comes");
	expect(!(await page.content()).includes(world.code),
		"the code goes on");
	await look(who, "attendee-linked");
}

async function pages(language) {
	const who = await browser(language);
	watch(who);
	for (const [path, name] of [["/", "home"], ["/b", "badge"],
		["/r/", "ask"], ["/privacy", "privacy"], ["/verify", "verify"],
		[`/r/#${world.code}`, "share"]]) {
		// Of Japanese only how its lines break.
		if (language === "ja" && !["home", "share"].includes(name))
			continue;
		if (name === "share") {
			await who.page.goto(`${world.url}/b`);
			await who.page.goto(world.url + path);
			await see(who.page, "Example Corp");
			await look(who, `attendee-${name}`, language === "en");
		} else
			await visit(who, path, `attendee-${name}`,
				language === "en" && name === "ask");
		const text = await who.page.content();
		for (const value of [world.person.name, world.person.email])
			expect(!text.includes(value), `${name} holds a value`);
		await large(who, `attendee-${name}`);
	}
	await visit(who, "/my/", "attendee-my");
	await linked(who);
	if (language === "en") {
		await who.page.goto(world.url);
		await who.page.locator("a[href='/login']").click();
		await who.page.waitForURL("**/login");
	}
	if (language !== "ja")
		await refused(who);
	expect((await who.context.cookies()).length === 0, "there is a cookie");
	await who.context.close();
}

// text: what is pasted, or the bytes of a file.
async function checked(page, text, asFile) {
	await page.locator("#said").evaluate((e) => e.replaceChildren());
	await page.locator("#proof").fill(asFile ? "" : text.toString());
	await page.locator("#file").setInputFiles(asFile ? { name: "p.tlog-proof",
		mimeType: "text/plain", buffer: Buffer.from(text) } : []);
	await page.locator("#check button").click();
	await page.locator("#said h2").first().waitFor();
	return page.locator("#said").innerText();
}

// The copy of everything: the proof of each share in it, as that share's.
async function copies(page) {
	const text = readFileSync(world.copy, "utf8");
	const copy = JSON.parse(text);
	const count = (said, what) => said.split(what).length - 1;
	const all = copy.shares.length;
	expect(all > 2, "the copy has shares");
	for (const asFile of [true, false]) {
		const said = await checked(page, text, asFile);
		expect(said.includes("It is the copy of all") &&
			count(said, "The proof is right.") === all &&
			copy.shares.every((s) => said.includes(s.id)) &&
			!said.includes("This is no proof"), said);
	}
	const [one, two, three] = copy.shares;
	[one.proof, two.proof] = [two.proof, one.proof];
	delete three.proof;
	const said = await checked(page, JSON.stringify(copy), true);
	expect(count(said, "The proof is wrong.") === 2 &&
		count(said, "the proof of another entry") === 2 &&
		count(said, "no proof of this share") === 1 &&
		count(said, "The proof is right.") === all - 3, said);
	// A decline is no share, and one that stands there twice is one.
	const [first] = JSON.parse(text).shares;
	copy.shares = [first, world.decline, first, null, 7,
		{ ...first, id: [first.id] }];
	const other = await checked(page, JSON.stringify(copy), true);
	expect(count(other, "The proof is right.") === 1 &&
		count(other, "The proof is wrong.") === 5 &&
		count(other, "the proof of another entry") === 1 &&
		count(other, "This is no share, or one") === 4 &&
		other.includes("does not prove the sponsor"), other);
	expect((await checked(page, world.decline.proof, true))
		.includes("The proof is right."), "a decline has a proof, too");
	await checked(page, text, true);
}

// The ZIP that /my/ gives, and some that are not what it seems.
async function zips(page) {
	const all = JSON.parse(readFileSync(world.copy, "utf8")).shares.length;
	for (const [name, path] of Object.entries(world.zips)) {
		const said = await checked(page, readFileSync(path), true);
		const good = ["fetched", "deflated", "stored"].includes(name);
		expect(good ? said.includes("It is the copy of all") &&
			said.split("The proof is right.").length - 1 === all :
			said.includes("This ZIP cannot be opened here.") &&
			said.includes("about-me.json"), `${name}: ${said}`);
	}
}

async function proofs() {
	const who = await browser("en");
	const { page } = who;
	watch(who);
	await page.goto(`${world.url}/verify`);
	expect((await page.innerText("main")).includes("about-me.json"),
		"what else is taken is said before it is tried");
	// From here on there is no network.
	await who.context.setOffline(true);
	for (const asFile of [true, false]) {
		const said = await checked(page, world.proof, asFile);
		expect(said.includes("The proof is right."), said);
		expect(said.includes("The host has signed"), said);
		expect(said.includes("The keys came from this host"), said);
		expect(/Kind\s+Share/.test(said), said);
	}
	// One as a file, the next pasted: both are read by the same code.
	for (const [i, [name, text]] of Object.entries(world.wrong).entries()) {
		const said = await checked(page, text, i % 2 === 0);
		expect(said.includes("The proof is wrong."), `${name}: ${said}`);
		expect(!said.includes("Fingerprint"), `${name}: ${said}`);
	}
	expect((await checked(page, world.wrong["a log that nobody knows"]))
		.includes("no key of this log"), "it does not say that a key lacks");
	await look(who, "attendee-verify-wrong");
	for (const [base64, why] of world.noProofs)
		for (const asFile of [true, false]) {
			const said = await checked(page,
				Buffer.from(base64, "base64"), asFile);
			expect(said.includes("This is no proof.") &&
				said.includes(why) &&
				said.includes("Choose the file share.tlog-proof") &&
				!said.includes("wrong"), said);
		}
	await look(who, "attendee-verify-none");
	await zips(page);
	await copies(page);
	await look(who, "attendee-verify-copy");
	// With a key from elsewhere, which is the log's alone.
	await page.locator("#keys").fill(world.logKey);
	const said = await checked(page, world.proof, true);
	expect(said.includes("The proof is right."), said);
	expect(said.includes("no key of this log's host"), said);
	expect(said.includes("those that you gave"), said);
	await page.locator("#keys").fill("nothing");
	expect((await checked(page, world.proof, true)).includes("wrong"),
		"without a key nothing is proved");
	await who.context.setOffline(false);
	await page.goto(`${world.url}/verify`);
	await checked(page, world.proof, true);
	await look(who, "attendee-verify-right");
	await who.context.close();
}

// A verdict is about what is given, and goes with it.
async function another() {
	const who = await browser("en");
	const { page } = who;
	const said = page.locator("#said");

	await page.goto(`${world.url}/verify`);
	for (const change of [
		() => page.locator("#proof").fill("another"),
		() => page.locator("#keys").fill("nothing"),
		() => page.locator("#file").setInputFiles([])]) {
		await page.reload();
		expect((await checked(page, world.proof, true))
			.includes("is right"), "the proof is not right");
		await change();
		expect(await said.innerText() === "", "the verdict stays");
	}
	// Changed where it lies, and gone: a browser reads neither.
	const path = join(tmpdir(), `badgeward-${process.pid}.tlog-proof`);
	for (const change of [() => writeFileSync(path, world.proof + "x"),
		() => unlinkSync(path)]) {
		writeFileSync(path, world.proof);
		await page.reload();
		await page.locator("#file").setInputFiles(path);
		await page.locator("#check button").click();
		await page.getByText("The proof is right.").waitFor();
		change();
		await page.locator("#check button").click();
		await page.getByText("This file cannot be read.").waitFor();
		expect(!(await said.innerText()).includes("is right"),
			"the verdict stays beside it");
	}
	// Of two runs the later one speaks.
	await page.reload();
	const last = await page.evaluate(async ([first, second]) => {
		const proof = document.getElementById("proof");
		const form = document.getElementById("check");
		const { verify } = SubtleCrypto.prototype;
		let signatures = 0;

		// The log's and the host's: the second run comes in between.
		SubtleCrypto.prototype.verify = async function (...args) {
			const got = await verify.apply(this, args);

			if (++signatures === 1) {
				proof.value = second;
				form.requestSubmit();
			}
			return got;
		};
		proof.value = first;
		form.requestSubmit();
		while (signatures < 2)
			await new Promise((go) => setTimeout(go, 10));
		return document.getElementById("said").innerText;
	}, [world.proof, "c2sp.org/tlog-proof@v1\n"]);
	expect(last.includes("The proof is wrong."), `the last is not: ${last}`);
	await who.context.close();
}

await proofs();
await another();
for (const language of ["en", ...turn(["de", "ar", "ja"])])
	await pages(language);
await finish();
