import type { Locator, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { meetsGuidelines } from "./support/accessibility.ts";
import { ask } from "./support/admin-client.ts";
import { startConsole } from "./support/console.ts";
import { openAsViewer } from "./support/viewer.ts";
import { watch } from "./support/watch.ts";

const testKey = "test-key-of-the-console-0123456789";
const console_ = startConsole({ LLMPROXY_API_KEYS: `console-test=${testKey}` });
// Made of parts, so that no scanner takes this file for a leak.
const credential = ["ghp", "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"].join("_");

function say(content: string): Promise<Response> {
	const messages = [{ role: "user", content }];
	return ask(console_.server().url, testKey, { model: "simulator/echo", messages });
}

async function statusOf(content: string): Promise<number> {
	const answer = await say(content);
	await answer.text();
	return answer.status;
}

async function choose(page: Page, control: Locator, option: RegExp): Promise<void> {
	await control.click();
	await page.getByRole("option", { name: option }).click();
}

async function recordTwoRequests(): Promise<void> {
	interface Settings {
		readonly version: number;
		readonly value: { readonly recording: object };
	}
	const admin = console_.admin();
	const { version, value } = await admin.call<Settings>("GET", "/api/v1/settings");
	const recording = { ...value.recording, isOn: true };
	await admin.call("PUT", "/api/v1/settings", { version, value: { ...value, recording } });
	for (const content of [`My token is ${credential}, keep it.`, "Good morning"]) {
		await statusOf(content);
	}
	const count = async () =>
		(await admin.call<{ count: number }>("GET", "/api/v1/recordings")).count;
	await expect.poll(count, { timeout: 30_000 }).toBe(2);
}

test("a guard is tried on recent traffic, changed, and put back from its history", async ({
	page,
}) => {
	const complaints = watch(page);
	const leak = `My token is ${credential}, keep it.`;
	await recordTwoRequests();
	await console_.open(page, "/guards");
	await page.getByRole("row").filter({ hasText: "Secret leak" }).getByText("Secret leak").click();
	await expect(page).toHaveURL(/guard=secret-leak/);
	await choose(page, page.getByLabel("Credential in a request"), /^Block/);
	await expect(page.getByText("1 change not saved")).toBeVisible();

	await page.getByRole("button", { name: "Review and save" }).click();
	const review = page.getByRole("dialog", { name: "Save 1 change of Secret leak?" });
	await expect(review.getByRole("list", { name: "Changes" })).toContainText("Block");
	await review.getByRole("button", { name: "Try on recent traffic" }).click();
	await expect(review.getByRole("status")).toContainText(
		"Of 2 recorded requests, 1 request would be decided otherwise.",
	);
	await expect(review.getByRole("list", { name: "Moves" })).toContainText("Blocked");
	expect(await statusOf(leak)).toBe(200);
	await review.getByRole("button", { name: "Save", exact: true }).click();
	await expect(page.getByText("Guard saved")).toBeVisible();
	expect(await statusOf(leak)).toBe(403);

	await page.getByRole("tab", { name: "History" }).click();
	const history = page.getByRole("region", { name: "History" });
	await expect(history.getByRole("list", { name: "Changes" })).toContainText("Block");
	await history.getByRole("button", { name: /^Undo this change/ }).click();
	await expect(page.getByText("1 change not saved")).toBeVisible();
	await page.getByRole("button", { name: "Review and save" }).click();
	await review.getByRole("button", { name: "Save", exact: true }).click();
	await expect(page.getByText("not saved")).toBeHidden();
	await expect(history.getByRole("list", { name: "Changes" })).toHaveCount(2);
	expect(await statusOf(leak)).toBe(200);
	expect(complaints).toEqual([]);
});

test("a save that fails says why and keeps what was written", async ({ page }) => {
	await console_.open(page, "/guards?guard=prompt-injection");
	const certain = page.getByLabel("Certain from").first();
	await certain.fill("0.9");
	await page.route("**/api/v1/guards/prompt-injection", (route) => route.abort());
	await page.getByRole("button", { name: "Review and save" }).click();
	const review = page.getByRole("dialog", { name: /^Save 1 change/ });
	await review.getByRole("button", { name: "Save", exact: true }).click();
	await expect(review.getByRole("alert")).toBeVisible();
	await review.getByRole("button", { name: "Cancel" }).click();
	await expect(certain).toHaveValue("0.9");
	await page.unroute("**/api/v1/guards/prompt-injection");
	await page.getByRole("button", { name: "Review and save" }).click();
	await review.getByRole("button", { name: "Save", exact: true }).click();
	await expect(page.getByText("Guard saved")).toBeVisible();
	await expect(certain).toHaveValue("0.9");
});

test("a viewer sees a guard with its history and changes nothing", async ({ page }) => {
	await openAsViewer(console_, page, "/guards?guard=secret-leak");
	await expect(page.getByRole("combobox", { name: "Mode" })).toBeDisabled();
	await page.getByRole("tab", { name: "History" }).click();
	await expect(page.getByRole("list", { name: "Changes" }).first()).toBeVisible();
	await expect(page.getByRole("button", { name: /^Undo this change/ })).toHaveCount(0);
});

for (const path of [
	"/guards",
	"/guards?guard=secret-leak",
	"/guards?guard=secret-leak&tab=rules",
]) {
	test(`${path} meets WCAG 2.2 AA in both themes and fits a phone`, async ({ page }) => {
		await meetsGuidelines(page, () => console_.open(page, path));
	});
}
