import { expect, test } from "@playwright/test";
import { meetsGuidelines } from "./support/accessibility.ts";
import { ask } from "./support/admin-client.ts";
import { startConsole } from "./support/console.ts";
import { watch } from "./support/watch.ts";

const testKey = "test-key-of-the-console-0123456789";
const console_ = startConsole({ LLMPROXY_API_KEYS: `console-test=${testKey}` });
// Made of parts, so that no scanner takes this file for a leak.
const credential = ["ghp", "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"].join("_");
const leak = `My token is ${credential}, keep it.`;
const blocking = encodeURIComponent(
	JSON.stringify({ guards: { "secret-leak": { requestAction: "block" } } }),
);

interface Recordings {
	readonly isOn: boolean;
	readonly count: number;
}
const recordings = () => console_.admin().call<Recordings>("GET", "/api/v1/recordings");

test("a text is judged, and its finding leads into the text and back", async ({ page }) => {
	const complaints = watch(page);
	await console_.open(page, "/rule-tester");
	await page.getByRole("textbox", { name: "Text", exact: true }).fill(leak);
	await page.getByRole("button", { name: "Judge it" }).click();
	const findings = page.getByRole("list", { name: "Findings" });
	await expect(findings).toContainText("secret-leak/");
	await findings.getByRole("button", { name: "Show in the text" }).first().press("Enter");
	const mark = page.getByRole("button", { name: /^Finding 1: / });
	await expect(mark).toBeFocused();
	await expect(page.locator("mark").filter({ hasText: credential })).toBeVisible();
	await mark.press("Enter");
	await expect(findings.getByRole("listitem").first()).toBeFocused();
	await expect(page.getByRole("table", { name: "Stages" })).toContainText("Firewall");
	await expect(page).not.toHaveURL(/ghp_/);
	expect(complaints).toEqual([]);
});

test("another policy is compared with the one in force, and can be shared", async ({ page }) => {
	await console_.open(page, `/rule-tester?change=${blocking}`);
	await expect(page.getByRole("list", { name: "Changes" })).toContainText("block");
	await page.getByRole("textbox", { name: "Text", exact: true }).fill(leak);
	await page.getByRole("button", { name: "Judge it" }).click();
	await expect(page.getByText("The two policies decide differently.")).toBeVisible();
	await expect(page.getByText(/It would be refused with status 403 by rule/)).toBeVisible();
	await expect(page.getByRole("list", { name: "Findings" })).toContainText("Treated differently");

	await page.getByRole("button", { name: "Undo all" }).click();
	await expect(page).not.toHaveURL(/change=/);
	await expect(page.getByText(/judged before the last change on this page/)).toBeVisible();
});

test("a part is changed by its form, and the server names the field it does not take", async ({
	page,
}) => {
	const complaints = watch(page, { expected: /^400 \/api\/v1\/inspections$/ });
	await console_.open(page, "/rule-tester");
	await page.getByRole("combobox", { name: "Change" }).click();
	await page.getByRole("option", { name: "Personal data", exact: true }).click();
	await page.getByRole("combobox", { name: "Mode" }).click();
	await page.getByRole("option", { name: "Enforce" }).click();
	await expect(page).toHaveURL(/edit=privacy/);
	await page
		.getByRole("textbox", { name: "Text", exact: true })
		.fill("Write to ada.lovelace@example.org about it");
	await page.getByRole("button", { name: "Judge it" }).click();
	const sent = page.getByRole("region", { name: "Text 1 as sent with the change" });
	await expect(sent.locator("del")).toContainText("ada");
	await expect(sent.locator("ins")).toContainText("EMAIL_ADDRESS");

	await page.getByText("As JSON", { exact: true }).click();
	await page
		.getByRole("textbox", { name: "Change", exact: true })
		.fill('{"guards":{"secret-leak":{"mode":"loud"}}}');
	await page.getByRole("button", { name: "Use this change" }).click();
	await page.getByRole("button", { name: "Judge it" }).click();
	await expect(page.getByRole("alert").filter({ hasText: "mode" })).toBeVisible();
	expect(complaints).toEqual([]);
});

test("recorded requests are replayed, and open in the tester", async ({ page }) => {
	const complaints = watch(page);
	await console_.open(page, "/rule-tester?tab=replay");
	await expect(page.getByText("no text of any request is stored")).toBeVisible();
	await page.getByRole("button", { name: "Record requests" }).click();
	await page
		.getByRole("dialog", { name: "Record requests?" })
		.getByRole("button", { name: "Record requests" })
		.click();
	await expect(page.getByRole("button", { name: "Stop recording" })).toBeVisible();
	const { url } = console_.server();
	for (const content of [leak, "Good morning"]) {
		const messages = [{ role: "user", content }];
		await (await ask(url, testKey, { model: "simulator/echo", messages })).text();
	}
	await expect.poll(async () => (await recordings()).count, { timeout: 30_000 }).toBe(2);

	await console_.open(page, `/rule-tester?tab=replay&change=${blocking}`);
	await page.getByRole("button", { name: "Replay", exact: true }).click();
	await expect(
		page.getByRole("heading", { name: /Of 2 recorded requests, 1 request would be decided/ }),
	).toBeVisible();
	await expect(page.getByRole("list", { name: "Moves" })).toContainText("Blocked");
	await page.getByRole("link", { name: "Open in the tester" }).click();
	await expect(page).toHaveURL(/request=/);
	await expect(page.getByText("The two policies decide differently.")).toBeVisible();
	expect(complaints).toEqual([]);
});

for (const path of ["/rule-tester", `/rule-tester?tab=replay&change=${blocking}`]) {
	test(`${path.slice(0, 24)} meets WCAG 2.2 AA in both themes and fits a phone`, async ({
		page,
	}) => {
		await meetsGuidelines(page, async () => {
			await console_.open(page, path);
			if (path !== "/rule-tester") return;
			await page.getByRole("textbox", { name: "Text", exact: true }).fill(leak);
			await page.getByRole("button", { name: "Judge it" }).click();
			await expect(page.getByRole("table", { name: "Stages" })).toBeVisible();
		});
	});
}
