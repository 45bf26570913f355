import { expect, test } from "@playwright/test";
import { ask } from "./support/admin-client.ts";
import { startConsole } from "./support/console.ts";
import { watch } from "./support/watch.ts";

const testKey = "test-key-of-the-console-0123456789";
const console_ = startConsole({ LLMPROXY_API_KEYS: `console-test=${testKey}` });
const sent = { echo: 3, lorem: 2 };

test.beforeAll(async () => {
	const { url } = console_.server();
	const models = [
		...Array.from({ length: sent.echo }, () => "simulator/echo"),
		...Array.from({ length: sent.lorem }, () => "simulator/lorem"),
	];
	for (const model of models) await (await ask(url, testKey, { model })).text();
	const settled = async () => {
		const { totals } = await console_
			.admin()
			.call<{ totals: { requests: number } }>("GET", "/api/v1/analytics?range=1h");
		return totals.requests;
	};
	await expect.poll(settled, { timeout: 30_000 }).toBe(models.length);
});

test("usage is told by group, narrowed to one, and leads to its requests", async ({ page }) => {
	const complaints = watch(page);
	await console_.open(page, "/analytics?range=1h");
	const measures = page.getByRole("list", { name: "Measure" });
	await measures.getByRole("button", { name: /^Requests/ }).click();
	await expect(page.getByRole("heading", { name: "Requests by model" })).toBeVisible();
	const row = page.getByRole("row").filter({ hasText: "simulator/echo" });
	await expect(row).toContainText("60 %");

	await row.getByRole("button", { name: "Only simulator/echo" }).click();
	await expect(page.getByRole("heading", { name: "Requests by key" })).toBeVisible();
	await expect(page.getByRole("list", { name: "Filters" })).toContainText("Model: echo");
	const key = page.getByRole("row").filter({ hasText: "console-test" });
	await expect(key).toContainText("100 %");

	await key.getByRole("link", { name: "Requests of console-test" }).click();
	await expect(page.getByRole("heading", { name: "Requests", level: 1 })).toBeVisible();
	await expect(page.getByRole("list", { name: "Filters" })).toContainText("Provider: simulator");
	await expect(page.getByText(`${sent.echo} rows`)).toBeVisible();
	expect(complaints).toEqual([]);
});

test("the choice of groups lies in the address, and the export follows it", async ({ page }) => {
	await console_.open(page, "/analytics?range=1h&metric=tokens");
	await page.getByRole("combobox", { name: "Group by" }).click();
	await page.getByRole("option", { name: "Endpoint" }).click();
	await expect(page).toHaveURL(/by=endpoint/);
	await expect(page.getByRole("heading", { name: "Tokens by endpoint" })).toBeVisible();
	await page.getByRole("button", { name: "Export", exact: true }).click();
	const download = page.waitForEvent("download");
	await page.getByRole("menuitem", { name: /CSV/ }).click();
	expect((await download).suggestedFilename()).toMatch(/^usage-by-endpoint-.*\.csv$/);
});

test("a range without usage says so and offers a longer one", async ({ page }) => {
	await console_.open(page, "/analytics?range=1h&tag=nobody-uses-it");
	await page.getByRole("button", { name: "Show everything of the last 30 days" }).click();
	await expect(page.getByRole("row").filter({ hasText: "simulator/lorem" })).toBeVisible();
});
