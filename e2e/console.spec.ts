import { expect, test } from "@playwright/test";
import { ask, environmentAdmin } from "./support/admin-client.ts";
import { startConsole } from "./support/console.ts";
import { watch } from "./support/watch.ts";

const testKey = "test-key-of-the-console-0123456789";
const console_ = startConsole({ LLMPROXY_API_KEYS: `console-test=${testKey}` });

test("a person signs in, is remembered by a cookie that scripts cannot read, and signs out", async ({
	page,
	context,
}) => {
	const complaints = watch(page, { expected: /^401 \/api\/auth\/callback\/password$/ });
	await page.goto(console_.address("/keys"));
	await expect(page).toHaveURL(/\/sign-in\?next=%2Fkeys$/);

	await page.getByLabel("E-mail").fill(environmentAdmin.email);
	await page.getByLabel("Password").fill("not the right password");
	await page.getByRole("button", { name: "Sign in" }).click();
	const problem = page.getByRole("alert").filter({ hasText: "wrong" });
	await expect(problem).toContainText("The e-mail address or the password is wrong.");

	await page.getByLabel("Password").fill(environmentAdmin.password);
	await page.getByRole("button", { name: "Sign in" }).click();
	await expect(page.getByRole("heading", { name: "Keys", level: 1 })).toBeVisible();

	const session = (await context.cookies()).find(({ name }) => name === "llmproxy.session");
	expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
	const stored = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
	expect(stored).not.toContain(session?.value);
	expect(stored).not.toMatch(/eyJ|sk-llmproxy|password|@example/);
	expect(await page.evaluate(() => document.cookie)).not.toContain("llmproxy.session");

	await page.getByRole("button", { name: "Account" }).click();
	await page.getByRole("menuitem", { name: "Sign out" }).click();
	await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
	expect((await context.cookies()).some(({ name }) => name === "llmproxy.session")).toBe(false);
	const kept = await fetch(console_.address("/api/v1/session"), {
		headers: { cookie: `llmproxy.session=${session?.value}` },
	});
	expect(kept.status, "the session ended on the server too").toBe(401);
	await page.goto(console_.address("/overview"));
	await expect(page).toHaveURL(/\/sign-in/);
	expect(complaints).toEqual([]);
});

test("the kill switch stops all traffic, says who and why, and lets it flow again", async ({
	page,
}) => {
	const question = () => ask(console_.server().url, testKey, { model: "simulator/echo" });
	const complaints = watch(page);
	await console_.open(page, "/overview");
	expect((await question()).status).toBe(200);

	await page.getByRole("button", { name: "Kill switch" }).click();
	const stop = page.getByRole("dialog", { name: "Stop all model traffic?" });
	await expect(stop.getByRole("button", { name: "Stop all traffic" })).toBeDisabled();
	await stop.getByLabel("Reason").fill("A drill of the night shift");
	await stop.getByRole("button", { name: "Stop all traffic" }).click();
	const banner = page.getByRole("alert").filter({ hasText: "All model traffic is stopped" });
	await expect(banner).toContainText("A drill of the night shift");
	await expect(banner).toContainText(environmentAdmin.name);

	const refused = await question();
	expect(refused.status).toBe(503);
	expect(refused.headers.get("x-should-retry")).toBe("false");
	const { error } = (await refused.json()) as { error: { code: string; message: string } };
	expect(error.code).toBe("kill_switch_engaged");
	expect(error.message).toContain(environmentAdmin.name);
	expect(error.message).toContain("A drill of the night shift");

	for (const path of ["/requests", "/keys"]) {
		await console_.open(page, path);
		await expect(banner, `over ${path} too`).toBeVisible();
	}
	const frame = page.locator("body > div").filter({ has: page.getByRole("main") });
	await expect(frame).toHaveCSS("border-top-width", "4px");

	await page.getByRole("button", { name: "Let traffic flow" }).click();
	const release = page.getByRole("dialog", { name: "Let traffic flow again?" });
	await release.getByLabel("Reason").fill("The drill is over");
	await release.getByRole("button", { name: "Let traffic flow" }).click();
	await expect(banner).toBeHidden();
	await expect(frame).toHaveCSS("border-top-width", "0px");
	expect((await question()).status).toBe(200);
	expect(complaints).toEqual([]);
});

test("a chosen theme is kept, before the first paint too", async ({ page }) => {
	await page.emulateMedia({ colorScheme: "light" });
	await console_.open(page, "/overview");
	const root = page.locator("html");
	await expect(root).not.toHaveClass(/dark/);
	await page.getByRole("button", { name: "Theme" }).click();
	await page.getByRole("menuitem", { name: "Dark" }).click();
	await expect(root).toHaveClass(/dark/);
	await page.reload({ waitUntil: "commit" });
	await expect(root).toHaveClass(/dark/);
	await page.goto(console_.address("/keys"));
	await expect(root).toHaveClass(/dark/);
	await page.getByRole("button", { name: "Theme" }).click();
	await page.getByRole("menuitem", { name: "Like the system" }).click();
	await expect(root).not.toHaveClass(/dark/);
});

test("the command palette opens with the keyboard and leads to pages and requests", async ({
	page,
}) => {
	const complaints = watch(page, { expected: /^404 \/api\/v1\/requests\/req_/ });
	const answer = await ask(console_.server().url, testKey, { model: "simulator/echo" });
	const id = answer.headers.get("x-request-id") ?? "";
	await console_.open(page, "/overview");
	await page.keyboard.press("Control+k");
	const palette = page.getByRole("dialog", { name: "Search pages and commands" });
	await expect(palette).toBeVisible();
	await page.keyboard.type("provid");
	await page.keyboard.press("Enter");
	await expect(page.getByRole("heading", { name: "Providers", level: 1 })).toBeVisible();
	await expect(palette).toBeHidden();

	await page.keyboard.press("Control+k");
	await page.keyboard.insertText(id);
	await expect(palette.getByRole("option", { name: `Open request ${id}` })).toBeVisible();
	await page.keyboard.press("Enter");
	await expect(page).toHaveURL(new RegExp(`/requests/${id}$`));
	await expect(page.getByRole("heading", { level: 1 })).toContainText(id);

	await page.keyboard.press("Control+k");
	await page.keyboard.press("Escape");
	await expect(palette).toBeHidden();
	await page.keyboard.press("?");
	await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
	expect(complaints).toEqual([]);
});
