import type { Locator, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { ask } from "./support/admin-client.ts";
import { startConsole } from "./support/console.ts";
import { watch } from "./support/watch.ts";

const testKey = "test-key-of-the-console-0123456789";
const console_ = startConsole({ LLMPROXY_API_KEYS: `console-test=${testKey}` });
const model = "simulator/echo";

interface NamedBudget {
	readonly id: string;
	readonly title: string;
	readonly hardLimit: number;
	readonly usage: { readonly spent: number; readonly limit: number };
}

async function budgetNamed(title: string): Promise<NamedBudget | undefined> {
	const { items } = await console_
		.admin()
		.call<{ items: readonly NamedBudget[] }>("GET", "/api/v1/budgets");
	return items.find((budget) => budget.title === title);
}

async function choose(page: Page, control: Locator, option: string | RegExp): Promise<void> {
	await control.click();
	await page.getByRole("option", { name: option }).click();
}

async function send(count: number): Promise<readonly number[]> {
	const statuses: number[] = [];
	for (let index = 0; index < count; index += 1) {
		const answer = await ask(console_.server().url, testKey, { model, max_tokens: 50 });
		await answer.text();
		statuses.push(answer.status);
	}
	return statuses;
}

test("a budget of a team is made in plain words, found in the list, changed and deleted", async ({
	page,
}) => {
	const complaints = watch(page);
	await console_.admin().call("POST", "/api/v1/teams", { name: "Search" });
	await console_.open(page, "/budgets");
	await page.getByRole("button", { name: "New budget" }).first().click();
	const drawer = page.getByRole("dialog", { name: "New budget" });
	await drawer.getByRole("button", { name: "Create budget" }).click();
	await expect(drawer.getByText("Choose which one.")).toBeVisible();
	await expect(drawer.getByText("Write an amount such as 200 or 199.50.")).toBeVisible();

	await drawer.getByLabel("Name").fill("Search team");
	await drawer.getByRole("button", { name: "Team" }).click();
	await page.getByRole("option", { name: "Search" }).click();
	await drawer.getByLabel("Hard limit").fill("200");
	await expect(drawer.getByRole("textbox", { name: "Soft limit" })).toHaveValue("160");
	const meaning = drawer.getByRole("region", { name: "What this means" });
	await expect(meaning).toContainText("Team Search may spend $200.00 a month.");
	await expect(meaning).toContainText("At $160.00 (80 %)");
	await drawer.getByRole("button", { name: "Create budget" }).click();

	await expect(page.getByRole("heading", { name: "Search team", level: 1 })).toBeVisible();
	await expect(page.getByText("left of $200.00")).toBeVisible();
	await page.getByRole("button", { name: "Edit" }).click();
	const edit = page.getByRole("dialog", { name: "Edit Search team" });
	await edit.getByLabel("Hard limit").fill("250.50");
	await edit.getByRole("button", { name: "Save" }).click();
	await expect(edit).toBeHidden();
	await expect(page.getByText("left of $250.50")).toBeVisible();
	const changes = page.getByRole("list", { name: "Changes" });
	await expect(changes.getByRole("listitem").first()).toContainText(
		/Hard limit.*\$200\.00.*\$250\.50/,
	);

	await page.getByRole("link", { name: "All budgets" }).click();
	const row = page.getByRole("row").filter({ hasText: "Search team" });
	await expect(row).toContainText("Within limits");
	await row.getByRole("button", { name: "Actions for Search team" }).click();
	await page.getByRole("menuitem", { name: "Delete" }).click();
	const confirm = page.getByRole("dialog", { name: "Delete Search team?" });
	await expect(confirm).toContainText("nothing is refused because of it any more");
	await confirm.getByRole("button", { name: "Delete budget" }).click();
	await expect(row).toHaveCount(0);
	await page.goto(console_.address("/budgets?show=archived"));
	await expect(page.getByRole("row").filter({ hasText: "Search team" })).toContainText("Archived");
	expect(complaints).toEqual([]);
});

test("a budget that is used up says so, names who spent it, and lasts again when it is raised", async ({
	page,
}) => {
	test.setTimeout(120_000);
	const complaints = watch(page);
	const { id } = await console_.admin().call<NamedBudget>("POST", "/api/v1/budgets", {
		title: "Everybody",
		scope: "organisation",
		window: "total",
		hardLimit: 1,
	});
	expect(await send(1)).toEqual([402]);
	await console_.open(page, `/budgets/${id}`);
	const edit = page.getByRole("dialog", { name: "Edit Everybody" });
	await page.getByRole("button", { name: "Edit" }).click();
	await edit.getByLabel("Hard limit").fill("5");
	await edit.getByRole("button", { name: "Save" }).click();
	await expect(edit).toBeHidden();
	expect(await send(3)).toEqual([200, 200, 200]);
	await expect
		.poll(async () => (await budgetNamed("Everybody"))?.usage.spent ?? 0, { timeout: 30_000 })
		.toBeGreaterThan(0);
	await expect(page.getByRole("list", { name: "Who spends" })).toContainText("console-test");
	await expect(page.getByRole("figure", { name: /^Spending,/ })).toBeVisible();
	await page.getByRole("button", { name: "Show Spending as a table" }).click();
	await expect(page.getByRole("table", { name: "Spending" })).toContainText("$0.0");

	const spent = (await budgetNamed("Everybody"))?.usage.spent ?? 0;
	await console_.admin().call("PATCH", `/api/v1/budgets/${id}`, {
		title: "Everybody",
		scope: "organisation",
		window: "total",
		hardLimit: spent,
	});
	await expect(page.getByText(/Requests are refused with status 402/)).toBeVisible();
	expect(await send(1)).toEqual([402]);

	await page.getByRole("button", { name: "Raise for a while" }).click();
	const raise = page.getByRole("dialog", { name: "Raise Everybody for a while" });
	await raise.getByRole("button", { name: "Raise the limit" }).click();
	await expect(raise.getByText("Write how much more, such as 50.")).toBeVisible();
	await raise.getByLabel("Raise by").fill("50");
	await choose(page, raise.getByRole("combobox", { name: "Until" }), "In 7 days");
	await raise.getByRole("button", { name: "Raise the limit" }).click();
	await expect(raise).toBeHidden();
	await expect(page.getByText(/\$50\.00 more until/)).toBeVisible();
	expect(await send(1)).toEqual([200]);

	await page.getByRole("button", { name: "End the raise" }).click();
	const end = page.getByRole("dialog", { name: "End the raise of Everybody?" });
	await expect(end).toContainText("so requests will be refused");
	await end.getByRole("button", { name: "End the raise" }).click();
	await expect(page.getByText(/\$50\.00 more until/)).toHaveCount(0);
	expect(await send(1)).toEqual([402]);
	await console_.open(page, "/budgets");
	await expect(page.getByRole("region", { name: "Needs attention" })).toContainText("Everybody");
	await console_.admin().call("DELETE", `/api/v1/budgets/${id}`);
	expect(complaints).toEqual([]);
});

test("each key has its own share, and the form works by keyboard", async ({ page }) => {
	await console_.open(page, "/budgets?new=1");
	const drawer = page.getByRole("dialog", { name: "New budget" });
	await drawer.getByLabel("Name").fill("Every key");
	await choose(page, drawer.getByRole("combobox", { name: "For" }), "A key");
	await choose(page, drawer.getByRole("combobox", { name: "Counted" }), "For each key separately");
	await choose(page, drawer.getByRole("combobox", { name: "Limits" }), /^Tokens/);
	await drawer.getByLabel("Hard limit").fill("5M");
	await expect(drawer.getByRole("region", { name: "What this means" })).toContainText(
		"Each key, on its own, may use 5,000,000 tokens a month.",
	);
	await drawer.getByRole("button", { name: "Time zone" }).press("Enter");
	await page.getByRole("combobox", { name: "Time zone" }).fill("vienna");
	await page.keyboard.press("Enter");
	await expect(drawer.getByRole("button", { name: "Time zone: Europe/Vienna" })).toBeFocused();
	await drawer.getByLabel("Hard limit").press("Enter");
	await expect(page.getByRole("heading", { name: "Every key", level: 1 })).toBeVisible();
	expect(await budgetNamed("Every key")).toMatchObject({ hardLimit: 5_000_000 });
	await send(2);
	await expect(page.getByText("console-test").first()).toBeVisible({ timeout: 30_000 });
});

test("an address without a budget says so", async ({ page }) => {
	await console_.open(page, "/budgets/0199a0aa-0000-7000-8000-000000000001");
	await expect(page.getByRole("heading", { name: "No such budget" })).toBeVisible();
	await page.getByRole("link", { name: "Show the archive" }).click();
	await expect(page).toHaveURL(/show=archived/);
});
