import type { Locator, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import type { ScriptedUpstream } from "../proxy-core/testing/upstream-script.ts";
import {
	completion,
	sendJson,
	startScriptedUpstream,
} from "../proxy-core/testing/upstream-script.ts";
import { ask } from "./support/admin-client.ts";
import { startConsole } from "./support/console.ts";
import { watch } from "./support/watch.ts";

const testKey = "test-key-of-the-console-0123456789";
const upstreamKey = "credential-of-the-upstream";
const console_ = startConsole({
	LLMPROXY_API_KEYS: `console-test=${testKey}`,
	LLMPROXY_EGRESS_ALLOW: "127.0.0.1",
});
const running: { upstream?: ScriptedUpstream } = {};

test.beforeAll(async () => {
	running.upstream = await startScriptedUpstream();
	running.upstream.answer((response, seen) => {
		const isKnown = seen.headers.authorization === `Bearer ${upstreamKey}`;
		const list = { object: "list", data: [{ id: "house-model" }, { id: "house-model-mini" }] };
		const unknown = sendJson({ error: { message: "Unknown key" } }, 401);
		const known = sendJson(seen.path.endsWith("/models") ? list : completion);
		return (isKnown ? known : unknown)(response, seen);
	});
});

test.afterAll(async () => {
	await running.upstream?.close();
});

async function shownToken(dialog: Locator): Promise<string> {
	return (await dialog.getByLabel("API key", { exact: true }).textContent()) ?? "";
}

async function choose(page: Page, control: Locator, option: string): Promise<void> {
	await control.click();
	await page.getByRole("option", { name: option }).click();
}

test("a provider is added with its form, tested, used, switched off and removed", async ({
	page,
}) => {
	const { url } = console_.server();
	const complaints = watch(page);
	await console_.open(page, "/providers");
	await page.getByRole("button", { name: "Add provider" }).click();
	await page.getByRole("button", { name: /^OpenAI-compatible server/ }).click();
	const drawer = page.getByRole("dialog", { name: "Add OpenAI-compatible server" });
	await drawer.getByLabel("Title").fill("House models");
	await drawer.getByLabel("Name", { exact: false }).last().fill("house");
	await drawer.getByLabel("Base URL").fill(running.upstream?.baseUrl ?? "");
	await drawer.getByLabel("API key").fill("a-wrong-credential");
	await drawer.getByRole("button", { name: "Test and ask for models" }).click();
	await expect(drawer.getByRole("status").filter({ hasText: "401" })).toBeVisible();
	await drawer.getByLabel("API key").fill(upstreamKey);
	await drawer.getByRole("button", { name: "Test and ask for models" }).click();
	await expect(drawer.getByRole("status")).toContainText("2 models listed");
	await expect(drawer.getByRole("checkbox", { name: "house-model", exact: true })).toBeChecked();
	await drawer.getByRole("button", { name: "Add provider" }).click();
	await expect(drawer).toBeHidden();

	const row = page.getByRole("row").filter({ hasText: "House models" });
	await expect(row).toBeVisible();
	const answer = await ask(url, testKey, { model: "house/house-model" });
	expect(answer.status).toBe(200);
	expect(await answer.json()).toMatchObject({ choices: completion.choices });
	await row.getByRole("button", { name: "Check now: House models" }).click();
	await expect(row).toContainText("checked");

	await row.getByText("House models", { exact: true }).click();
	const open = page.getByRole("dialog", { name: "House models" });
	await expect(open.getByLabel("API key")).toHaveValue("");
	await expect(open.getByLabel("API key")).toHaveAttribute("placeholder", /Stored/);
	await open.getByLabel("Title").fill("House models, renamed");
	await open.getByRole("button", { name: "Save" }).click();
	await expect(open).toBeHidden();
	expect((await ask(url, testKey, { model: "house/house-model" })).status).toBe(200);

	const renamed = page.getByRole("row").filter({ hasText: "House models, renamed" });
	await renamed.getByRole("switch").click();
	// The switch moves at once; the server follows.
	await expect(renamed.getByRole("switch")).not.toBeChecked();
	await expect
		.poll(async () => (await ask(url, testKey, { model: "house/house-model" })).status)
		.toBe(404);
	await renamed.getByRole("button", { name: /^Actions for/ }).click();
	await page.getByRole("menuitem", { name: "Remove" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
	await expect(renamed).toHaveCount(0);
	expect(complaints).toEqual([]);
});

test("the playground streams an answer, takes tool calls and shows what it cost", async ({
	page,
}) => {
	const complaints = watch(page);
	await console_.open(page, "/playground?model=simulator%2Fecho");
	const message = page.getByRole("textbox", { name: "Message" });
	const turns = page.getByRole("log", { name: "Turns" });
	const answers = turns.getByRole("article", { name: "Model" });
	await message.fill("Hello from the playground");
	await page.getByRole("button", { name: "Send" }).click();
	await expect(answers.first()).toContainText("Hello from the playground");
	await expect(answers.first()).toContainText(/Tokens\s*\d+ in, \d+ out/);
	await expect(answers.first()).toContainText(/Cost\s*\$0\.0/);
	await expect(answers.first()).toContainText("Gateway");

	await page.getByRole("checkbox", { name: "Offer tools" }).click();
	await message.fill("Please get weather for Oslo");
	await message.press("Enter");
	const call = turns.getByRole("region", { name: "Call of get_weather" });
	await expect(call).toContainText('"city"');
	await turns.getByLabel("Result of get_weather").fill('{"temperature": 21}');
	await turns.getByRole("button", { name: "Send the result" }).click();
	await expect(answers.last()).toContainText('get_weather returned: {"temperature": 21}');

	await page.getByRole("button", { name: "Code" }).click();
	const code = page.getByRole("dialog", { name: "This request as code" });
	for (const language of ["curl", "Python", "TypeScript"]) {
		await code.getByRole("tab", { name: language }).click();
		await expect(code.getByRole("tabpanel")).toContainText("simulator/echo");
	}
	await page.keyboard.press("Escape");
	const id = await answers.first().getByRole("link").getAttribute("href");
	await answers.first().getByRole("link").click();
	await expect(page).toHaveURL(new RegExp(`${id}$`));
	await expect(page.getByRole("heading", { level: 1 })).toContainText(id?.split("/").at(-1) ?? "");
	expect(complaints.filter((told) => !/^404 \/api\/v1\/requests\//.test(told))).toEqual([]);
});

test("a key is created with limits, edited, rotated with a grace period and found again", async ({
	page,
}) => {
	const { url } = console_.server();
	const status = async (token: string, model: string) => (await ask(url, token, { model })).status;
	const complaints = watch(page);
	await console_.open(page, "/keys");
	await page.getByRole("button", { name: "New key" }).first().click();
	const drawer = page.getByRole("dialog", { name: "New key" });
	await drawer.getByRole("button", { name: "Create key" }).click();
	await expect(drawer.getByLabel("Name"), "a name is needed").toHaveAttribute(
		"aria-invalid",
		"true",
	);
	await drawer.getByLabel("Name").fill("Nightly batch");
	await drawer.getByRole("button", { name: "Limit to certain models" }).click();
	await page.getByRole("option", { name: "simulator/echo" }).click();
	await page.keyboard.press("Escape");
	await drawer.getByRole("button", { name: "New team" }).click();
	await drawer.getByLabel("Name of the new team").fill("Batch team");
	await drawer.getByRole("button", { name: "Create team" }).click();
	await expect(drawer.getByLabel("Team", { exact: true })).toContainText("Batch team");
	await choose(page, drawer.getByLabel("Expires"), "In 90 days");
	await drawer.getByRole("button", { name: "Create key" }).click();

	const created = page.getByRole("dialog", { name: "Key Nightly batch created" });
	const first = await shownToken(created);
	await created.getByRole("button", { name: "I have stored the key" }).click();
	expect(await status(first, "simulator/echo")).toBe(200);
	expect(await status(first, "simulator/lorem")).toBe(403);

	const row = page.getByRole("row").filter({ hasText: "Nightly batch" });
	await expect(row).toContainText("Batch team");
	await row.getByRole("button", { name: "Actions for Nightly batch" }).click();
	await page.getByRole("menuitem", { name: "Edit" }).click();
	const edit = page.getByRole("dialog", { name: "Edit Nightly batch" });
	await edit.getByRole("button", { name: "Remove simulator/echo" }).click();
	await edit.getByLabel("Rate limit").fill("120");
	await edit.getByRole("button", { name: "Save" }).click();
	await expect(row).toContainText("120 / min");
	expect(await status(first, "simulator/lorem")).toBe(200);

	await row.getByRole("button", { name: "Actions for Nightly batch" }).click();
	await page.getByRole("menuitem", { name: "Rotate secret" }).click();
	const rotate = page.getByRole("dialog", { name: "Rotate Nightly batch?" });
	await choose(page, rotate.getByLabel("Grace period"), "1 hour");
	await rotate.getByRole("button", { name: "Rotate key" }).click();
	const renewed = page.getByRole("dialog", { name: "New secret for Nightly batch" });
	const second = await shownToken(renewed);
	await renewed.getByRole("button", { name: "I have stored the key" }).click();
	expect(second.split("-").slice(0, 3)).toEqual(first.split("-").slice(0, 3));
	expect(second).not.toBe(first);
	expect([await status(first, "simulator/echo"), await status(second, "simulator/echo")]).toEqual([
		200, 200,
	]);
	await expect(row).toContainText("old secret ends");

	await page.getByRole("searchbox", { name: "Search keys" }).fill("no such key");
	await expect(page.getByText("No key fits these filters.")).toBeVisible();
	await page.getByRole("button", { name: "Show all keys" }).click();
	await expect(row).toBeVisible();
	await expect(page.locator("body")).not.toContainText(second);
	expect(complaints).toEqual([]);
});
