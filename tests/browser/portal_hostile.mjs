// SPDX-License-Identifier: Apache-2.0
import { browser, expect, finish, look, see, submit, world } from
	"./support.mjs";

// What a value must never have become.
function made(mark) {
	const out = [];
	const fine = /^(\/(?!\/)|#|\?|$|data:,|data:image\/|mailto:|tel:)/;
	for (const e of document.querySelectorAll("*")) {
		if (e.localName.includes(mark))
			out.push(e.localName);
		for (const a of e.attributes) {
			if (a.name.includes(mark) || a.name.startsWith("on") ||
			    a.name === "autofocus" || a.name === "srcdoc")
				out.push(`${e.localName} ${a.name}`);
			if (/^(href|src|action|formaction|data|xlink:href)$/.test(a.name) &&
			    !fine.test(a.value) && !a.value.startsWith(location.origin))
				out.push(`${e.localName} ${a.name}=${a.value}`);
		}
		if (/^(script|style)$/.test(e.localName) && e.textContent !== "")
			out.push(`${e.localName}: ${e.textContent}`);
		if (/^(iframe|object|embed|base|svg:script)$/.test(e.localName))
			out.push(e.localName);
	}
	return out;
}

const who = await browser();
const { page, context } = who;
page.on("dialog", (d) => {
	console.error(`${page.url()}: a dialog: ${d.message()}`);
	process.exit(1);
});
await page.addInitScript((mark) => {
	window[mark] = () => console.error("a value ran as script");
	document.addEventListener("securitypolicyviolation", (e) =>
		console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`));
}, world.mark);

for (const { role, cookies, paths } of world.roles) {
	await context.clearCookies();
	await context.addCookies(Object.entries(cookies).map(([name, value]) =>
		({ name, value, url: world.url })));
	for (const path of paths) {
		// A download is no page.
		const there = await page.goto(world.url + path).catch((e) => {
			if (!/ERR_ABORTED|Download/.test(String(e)))
				throw e;
			return null;
		});
		if (there === null)
			continue;
		const out = await page.evaluate(made, world.mark);
		expect(out.length === 0, `${role} ${path}: ${out.slice(0, 4)}`);
		if (role === "organiser" && path === "/people")
			await look(who, "hostile-people");
	}
}

// What was seen is not to be seen again after logging out.
await context.clearCookies();
await context.addCookies(Object.entries(world.roles[0].cookies).map(
	([name, value]) => ({ name, value, url: world.url })));
await page.goto(world.url + "/people");
await see(page, "x0@acme.example");
await submit(page, "/logout");
await see(page, "You are logged out");
await page.goBack();
await page.waitForURL(/login/, { timeout: 60000 });
expect(!(await page.content()).includes("x0@acme.example"),
	"Back shows the list of people to whoever comes next");
await who.context.close();
await finish();
