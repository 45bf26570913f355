import type { Locator, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import type { ScriptedUpstream } from "../proxy-core/testing/upstream-script.ts";
import {
	completion,
	sendJson,
	startScriptedUpstream,
} from "../proxy-core/testing/upstream-script.ts";
import { meetsGuidelines } from "./support/accessibility.ts";
import { ask } from "./support/admin-client.ts";
import { startConsole } from "./support/console.ts";
import { freePort } from "./support/running-server.ts";
import { openAsViewer } from "./support/viewer.ts";
import { watch } from "./support/watch.ts";

const testKey = "test-key-of-the-console-0123456789";
const console_ = startConsole({
	LLMPROXY_API_KEYS: `console-test=${testKey}`,
	LLMPROXY_EGRESS_ALLOW: "127.0.0.1",
});
const running: { upstream?: ScriptedUpstream } = {};
const address = "kari.demo@example.test";

interface Detail {
	readonly findings: readonly { readonly rule: string; readonly action: string }[];
}
interface Privacy {
	readonly version: number;
	readonly value: object;
}

test.beforeAll(async () => {
	const upstream = await startScriptedUpstream();
	running.upstream = upstream;
	// Says again what it was told.
	upstream.answer((response, seen) => {
		if (seen.path.endsWith("/models")) {
			return sendJson({ object: "list", data: [{ id: "parrot" }] })(response, seen);
		}
		const { messages } = JSON.parse(seen.body) as { messages: readonly { content: string }[] };
		const message = { role: "assistant", content: `You said: ${messages.at(-1)?.content}` };
		const choices = [{ index: 0, finish_reason: "stop", message }];
		return sendJson({ ...completion, choices })(response, seen);
	});
	await console_.admin().call("POST", "/api/v1/providers", {
		id: "house",
		kind: "openai-compatible",
		title: "House models",
		settings: { baseUrl: upstream.baseUrl },
		models: ["parrot"],
	});
});

test.afterAll(async () => {
	await running.upstream?.close();
});

function say(content: string): Promise<Response> {
	const messages = [{ role: "user", content }];
	return ask(console_.server().url, testKey, { model: "house/parrot", messages });
}

/** The bodies of chats that arrived at the provider. */
function arrived(): readonly string[] {
	return (running.upstream?.seen ?? [])
		.filter(({ path }) => path.endsWith("/chat/completions"))
		.map(({ body }) => body);
}

async function choose(page: Page, control: Locator, option: string | RegExp): Promise<void> {
	await control.click();
	await page.getByRole("option", { name: option }).click();
}

async function findingsOf(requestId: string): Promise<readonly string[]> {
	const answer = await console_.admin().send("GET", `/api/v1/requests/${requestId}`);
	if (!answer.ok) return [];
	const { findings } = (await answer.json()) as Detail;
	return findings.map(({ rule, action }) => `${rule} ${action}`);
}

test("an address that is to be masked is kept from the provider and stands in the answer", async ({
	page,
}) => {
	const complaints = watch(page);
	await (await say(`Write to ${address}, please.`)).text();
	expect(arrived().at(-1)).toContain(address);

	await console_.open(page, "/privacy");
	await expect(
		page.getByText("Personal data still reaches providers as callers write it."),
	).toBeVisible();
	const action = page.getByRole("combobox", { name: "When a E-mail address is found" });
	await choose(page, action, /^Redact/);
	await expect(page.getByText("default: Mask")).toBeVisible();
	await choose(page, action, /^Mask/);
	await expect(page.getByText("Not saved:")).toBeHidden();
	await choose(page, page.getByRole("combobox", { name: "Mode" }), /^Enforce/);
	await expect(page.getByText("Not saved: mode")).toBeVisible();
	await page.getByRole("button", { name: "Save", exact: true }).click();
	await expect(page.getByText("Privacy settings saved")).toBeVisible();
	await expect(page.getByText("Not saved:")).toBeHidden();

	const answer = await say(`Write to ${address}, please.`);
	expect(answer.status).toBe(200);
	expect(await answer.json()).toMatchObject({
		choices: [{ message: { content: `You said: Write to ${address}, please.` } }],
	});
	expect(arrived().at(-1)).not.toContain(address);
	expect(arrived().at(-1)).toMatch(/<EMAIL_ADDRESS_\d+>/);
	const requestId = answer.headers.get("x-request-id") ?? "";
	await expect
		.poll(() => findingsOf(requestId), { timeout: 30_000 })
		.toContain("EMAIL_ADDRESS redact");

	const row = page.getByRole("row").filter({ hasText: "EMAIL_ADDRESS" });
	await expect
		.poll(
			async () => {
				await page.reload();
				await expect(row).toBeVisible();
				return row.getByRole("link").first().textContent();
			},
			{ timeout: 30_000 },
		)
		.toBe("2");
	await expect(page.getByText(/Last 7 days: 1 finding kept from providers/)).toBeVisible();
	await row.getByRole("link").first().click();
	await expect(page).toHaveURL(/\/threats\?.*rule=EMAIL_ADDRESS/);
	expect(complaints).toEqual([]);
});

test("a type that is to be blocked refuses the request", async ({ page }) => {
	await console_.open(page, "/privacy?search=CREDIT_CARD");
	const action = page.getByRole("combobox", { name: "When a Payment card number is found" });
	await choose(page, action, /^Block/);
	await choose(page, page.getByRole("combobox", { name: "Mode" }), /^Enforce/);
	await page.getByRole("button", { name: "Save", exact: true }).click();
	await expect(page.getByText("Privacy settings saved")).toBeVisible();
	const before = arrived().length;
	const refused = await say("Book it on 4111 1111 1111 1111.");
	expect(refused.status).toBe(403);
	expect(await refused.text()).toContain("CREDIT_CARD");
	expect(arrived()).toHaveLength(before);
});

test("a text is masked as the page says, saved or not", async ({ page }) => {
	await console_.open(page, "/privacy?tab=try");
	const text = page.getByRole("textbox", { name: "Text" });
	const mask = page.getByRole("button", { name: "Mask it" });
	const result = page.getByRole("figure", { name: "Masked text" });
	await text.fill(`Write to ${address}, please.`);
	await mask.click();
	await expect(result).toContainText("Write to <EMAIL_ADDRESS_1>, please.");
	await expect(page.locator("mark")).toHaveText(address);

	await page.getByRole("tab", { name: "Types" }).click();
	const action = page.getByRole("combobox", { name: "When a E-mail address is found" });
	await choose(page, action, /^Ignore/);
	await page.getByRole("tab", { name: "Try a text" }).click();
	await text.fill(`Write to ${address}, please.`);
	await mask.click();
	await expect(page.getByText("No personal data was found.")).toBeVisible();
	await page.getByRole("button", { name: "Discard" }).click();
	await expect(page.getByText("Not saved:")).toBeHidden();
});

test("changes that somebody else overtook are not saved over theirs", async ({ page }) => {
	await console_.open(page, "/privacy?tab=scope");
	await page.getByLabel("Texts", { exact: true }).fill("sales@example.test");
	const admin = console_.admin();
	const { version, value } = await admin.call<Privacy>("GET", "/api/v1/privacy");
	await admin.call("PUT", "/api/v1/privacy", { version, value: { ...value, countries: ["DE"] } });
	const behind = page.getByText(/Somebody else changed the settings meanwhile/);
	const save = page.getByRole("button", { name: "Save", exact: true });
	await expect(behind).toBeVisible();
	await expect(save).toBeDisabled();
	await page.getByRole("button", { name: "Discard" }).click();
	await page.getByLabel("Texts", { exact: true }).fill("sales@example.test");
	await page.getByRole("button", { name: "Keys" }).click();
	await page.getByRole("option", { name: "console-test" }).click();
	await expect(page.getByText("Not saved: exceptions, scope")).toBeVisible();
	await page.getByRole("button", { name: "Remove console-test" }).click();
	await save.click();
	await expect(page.getByText("Privacy settings saved")).toBeVisible();
	await (await say("Write to Sales@example.test, please.")).text();
	expect(arrived().at(-1)).toContain("Sales@example.test");
});

test("an analyzer that is not there is said to be missing before it is relied on", async ({
	page,
}) => {
	await console_.open(page, "/privacy?tab=analyzer");
	await choose(page, page.getByRole("combobox", { name: "Analyzer" }), /^Both/);
	const test_ = page.getByRole("button", { name: "Test the connection" });
	await expect(test_).toBeDisabled();
	await page.getByRole("button", { name: "Save", exact: true }).click();
	await expect(page.getByText(/Write the whole address of the analyzer/).first()).toBeVisible();
	await page.getByLabel("Address").fill(`http://127.0.0.1:${await freePort()}`);
	await test_.click();
	const status = page.getByRole("status").filter({ hasText: "It does not work" });
	await expect(status).toBeVisible();
	await page.getByRole("button", { name: "Discard" }).click();
	await expect(page.getByLabel("Address")).toBeHidden();
});

test("a viewer sees the settings and can try a text, and changes nothing", async ({ page }) => {
	await openAsViewer(console_, page, "/privacy");
	await expect(page.getByRole("combobox", { name: "Mode" })).toBeDisabled();
	await expect(
		page.getByRole("combobox", { name: "When a E-mail address is found" }),
	).toBeDisabled();
	await page.getByRole("tab", { name: "Try a text" }).click();
	await page.getByRole("textbox", { name: "Text" }).fill(`Write to ${address}, please.`);
	await page.getByRole("button", { name: "Mask it" }).click();
	await expect(page.getByRole("figure", { name: "Masked text" })).toContainText("EMAIL_ADDRESS");
	await expect(page.getByRole("button", { name: "Save", exact: true })).toHaveCount(0);
});

for (const path of ["/privacy", "/privacy?tab=scope", "/privacy?tab=analyzer"]) {
	test(`${path} meets WCAG 2.2 AA in both themes and fits a phone`, async ({ page }) => {
		await meetsGuidelines(page, () => console_.open(page, path));
	});
}
