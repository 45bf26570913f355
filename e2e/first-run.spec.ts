import { expect, test } from "@playwright/test";
import OpenAI from "openai";
import type { RequestDetail } from "../lib/contracts/requests.ts";
import type { RunningServer } from "./support/running-server.ts";
import { newDataDir, removeDataDir, startServer } from "./support/running-server.ts";
import { watch } from "./support/watch.ts";

const running: { server?: RunningServer; dataDir?: string } = {};

test.beforeAll(async () => {
	test.setTimeout(180_000);
	running.dataDir = newDataDir();
	running.server = await startServer({ dataDir: running.dataDir, startTimeoutMs: 150_000 });
});

test.afterAll(async () => {
	await running.server?.stop();
	if (running.dataDir !== undefined) removeDataDir(running.dataDir);
});

test("from the set-up link to a governed, visible and revocable request", async ({ page }) => {
	test.setTimeout(240_000);
	const output = running.server?.output() ?? "";
	const link = /http:\/\/\S+\/setup\?token=\S+/.exec(output)?.[0] ?? "";
	// The page asks for its first request until the ledger has it.
	const complaints = watch(page, { expected: /^404 \/api\/v1\/requests\/req_/ });
	const { origin } = new URL(link);

	await test.step("the link makes the first administrator", async () => {
		await page.goto(link);
		await page.getByLabel("Name").fill("Ada Admin");
		await page.getByLabel("E-mail").fill("ada@example.test");
		await page.getByLabel("Password").fill("a password of a few words");
		await page.getByRole("button", { name: "Create and sign in" }).click();
		await expect(page.getByRole("heading", { name: "Getting started" })).toBeVisible();
	});

	const token = await test.step("the wizard goes on with the simulator and a key", async () => {
		await expect(page.getByText("Simulator", { exact: true })).toBeVisible();
		await page.getByRole("button", { name: "Go on with the simulator" }).click();
		await page.getByLabel("Name").fill("First application");
		await page.getByRole("button", { name: "Create key" }).click();
		const shown = page.getByLabel("API key", { exact: true });
		await expect(shown).toHaveText(/^sk-llmproxy-[0-9A-Za-z]{10}-[0-9A-Za-z]{49}$/);
		const text = (await shown.textContent()) ?? "";
		await page.getByRole("button", { name: "Continue" }).click();
		return text;
	});

	await test.step("the first request is sent from the page and seen arriving", async () => {
		await page.getByRole("button", { name: "Send request" }).click();
		await expect(page.getByText("Answered and recorded")).toBeVisible();
		await expect(page.getByRole("blockquote")).toHaveText("Say hello to the security team.");
		const model = page.getByRole("definition").filter({ hasText: "simulator/echo" });
		await expect(model).toBeVisible();
		await expect(page.getByRole("link", { name: "Look at this request" })).toBeVisible();
	});

	const openai = new OpenAI({ apiKey: token, baseURL: `${origin}/v1`, maxRetries: 0 });
	const answer = await test.step("an SDK's request appears live in the table", async () => {
		await page.getByRole("link", { name: "To the overview" }).click();
		await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
		await page.getByRole("link", { name: "Requests", exact: true }).click();
		const table = page.getByRole("table", { name: "Requests" });
		await expect(table.getByRole("row").filter({ hasText: "simulator/echo" })).toHaveCount(1);
		await expect(page.getByRole("button", { name: /^Live updates: Live/ })).toBeVisible();
		await page.evaluate(() => document.body.setAttribute("data-loaded", "once"));
		const sent = await openai.chat.completions.create({
			model: "simulator/lorem",
			messages: [{ role: "user", content: "Write 30 words." }],
		});
		const row = table.getByRole("row").filter({ hasText: "simulator/lorem" });
		await expect(row).toContainText("Answered");
		await expect(row).toContainText("First application");
		await expect(page.locator("body")).toHaveAttribute("data-loaded", "once");
		await row.getByText("Answered").click();
		return sent;
	});

	await test.step("its page shows stages, tokens and cost", async () => {
		const id = answer._request_id ?? "";
		await expect(page).toHaveURL(new RegExp(`/requests/${id}`));
		await expect(page.getByRole("heading", { level: 1 })).toContainText(id);
		const steps = page.getByRole("list", { name: "Steps of the pipeline" });
		for (const stage of ["Authenticate", "Firewall", "Shield", "Limit", "Route", "Dispatch"]) {
			await expect(steps.getByRole("listitem").filter({ hasText: stage }).first()).toBeVisible();
		}
		const recorded = (await (
			await page.request.get(`${origin}/api/v1/requests/${id}`)
		).json()) as RequestDetail;
		expect(recorded.inputTokens).toBe(answer.usage?.prompt_tokens);
		expect(recorded.outputTokens).toBe(answer.usage?.completion_tokens);
		expect(recorded.costMicroUsd).toBeGreaterThan(0);
		const fact = (label: string) =>
			page.getByRole("main").locator("dl > div").filter({ hasText: label }).first();
		await expect(fact("Tokens in")).toContainText(String(recorded.inputTokens));
		await expect(fact("Tokens out")).toContainText(String(recorded.outputTokens));
		await expect(fact("Cost")).toContainText(/\$0\.0*[1-9]/);
	});

	await test.step("revoked in the console, the key is refused at once", async () => {
		await page.getByRole("link", { name: "Keys", exact: true }).click();
		await page.getByRole("button", { name: "Actions for First application" }).click();
		await page.getByRole("menuitem", { name: "Revoke" }).click();
		const dialog = page.getByRole("dialog", { name: "Revoke First application?" });
		await dialog.getByRole("button", { name: "Revoke key" }).click();
		const row = page.getByRole("row").filter({ hasText: "First application" });
		await expect(row).toContainText("Revoked");
		const refused = openai.chat.completions.create({
			model: "simulator/echo",
			messages: [{ role: "user", content: "Still there?" }],
		});
		await expect(refused).rejects.toMatchObject({ status: 401, code: "revoked_api_key" });
	});

	await test.step("the link works no more", async () => {
		await page.goto(link);
		await expect(page.getByRole("heading", { name: "Already set up" })).toBeVisible();
	});
	expect(complaints).toEqual([]);
});
