// SPDX-License-Identifier: Apache-2.0
import { entered, expect, fill, finish, world } from "./support.mjs";

// The network is slow: the host has the first press's form, and its answer is
// on the way, when the button is pressed again.
async function twice(page, action, done) {
	const button = page.locator(`main form[method="post"][action="${action}"] button`)
		.first();
	let had, over;
	const taken = new Promise((r) => { had = r; });
	const pressed = new Promise((r) => { over = r; });
	await page.route("**" + action, async (route) => {
		if (route.request().method() !== "POST")
			return route.continue();
		const response = await route.fetch({ maxRedirects: 0 });
		had();
		await pressed;
		// What the second press has put off is waited for by nobody.
		await route.fulfill({ response }).catch(() => {});
	});
	await button.scrollIntoViewIfNeeded();
	const at = await button.boundingBox();
	const press = () => page.mouse.click(at.x + at.width / 2,
		at.y + at.height / 2);
	await press();
	await taken;
	await press();
	over();
	// A second one that goes out ends the wait for the first.
	await page.waitForURL(done).catch(() => page.waitForURL(done));
	await page.unrouteAll({ behavior: "wait" });
}

const who = await entered("en");
const { page } = who;

async function request(on) {
	await on.goto(world.url + "/requests");
	await on.locator("[name=type]").selectOption("other");
	await twice(on, "/requests", "**/requests?opened=*");
}

async function hold(on) {
	await on.goto(world.url + "/holds");
	await on.locator("[name=scope]").selectOption("event");
	await fill(on, { reason: "7 O 12", reviewer: "Officer",
		review: world.review });
	await twice(on, "/holds", "**/holds?done=saved");
}

await request(page);
await hold(page);

await page.goto(world.url + "/duties/disclosures");
await page.locator("[name=basis]").selectOption("law");
await fill(page, { asked: "X", decided: "Y" });
await page.locator("[name=field][value=none]").check();
await page.locator("[name=sure]").check();
await twice(page, "/duties/disclosures", "**/disclosures?done=recorded");

// A file leaves the page open, to make another one.
await page.goto(world.url + "/exports");
let files = 0;
page.on("download", () => files++);
for (let presses = 0; files < 2; presses++) {
	expect(presses < 600, "another file");
	await page.locator('form[action="/exports/counts"] button').click();
	await page.waitForTimeout(100);
}

// Without the script the second press goes out, and the host counts it once.
const plain = await who.b.newContext({ javaScriptEnabled: false,
	ignoreHTTPSErrors: true, storageState: await who.context.storageState() });
const bare = await plain.newPage();
await request(bare);
await hold(bare);

await plain.close();
await who.context.close();
await finish();
