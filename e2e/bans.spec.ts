import { expect, test } from "@playwright/test";
import { meetsGuidelines } from "./support/accessibility.ts";
import { startConsole } from "./support/console.ts";
import { openAsViewer } from "./support/viewer.ts";
import { watch } from "./support/watch.ts";

const testKey = "test-key-of-the-console-0123456789";
const wrongKey = "sk-llmproxy-DemoDemo00-not-a-key-that-exists";
const console_ = startConsole({
	LLMPROXY_API_KEYS: `console-test=${testKey}`,
	// Callers then have addresses of their own, which can be banned.
	LLMPROXY_TRUSTED_PROXIES: "127.0.0.1",
});

interface Sender {
	readonly address: string;
	readonly token?: string;
}

/** Status and error code of a request from an address. */
async function send({ address, token = testKey }: Sender): Promise<string> {
	const answer = await fetch(`${console_.server().url}/v1/chat/completions`, {
		method: "POST",
		headers: {
			authorization: `Bearer ${token}`,
			"content-type": "application/json",
			"x-forwarded-for": address,
		},
		body: JSON.stringify({
			model: "simulator/echo",
			messages: [{ role: "user", content: "Hello" }],
		}),
	});
	const { error } = (await answer.json()) as { error?: { code: string } };
	return error === undefined ? String(answer.status) : `${answer.status} ${error.code}`;
}

test("a key that is banned by hand is refused, and answered again when the ban is lifted", async ({
	page,
}) => {
	const address = "203.0.113.20";
	const complaints = watch(page);
	expect(await send({ address })).toBe("200");
	await console_.open(page, "/bans");
	await expect(page.getByText("Nobody is banned.")).toBeVisible();
	await page.getByRole("button", { name: "Ban somebody" }).first().click();
	const form = page.getByRole("dialog", { name: "Ban somebody" });
	await form.getByRole("button", { name: "Ban", exact: true }).click();
	await expect(form.getByText("Say whom.")).toBeVisible();
	await form.getByRole("combobox", { name: "What" }).click();
	await page.getByRole("option", { name: "Key", exact: true }).click();
	await form.getByRole("button", { name: "Key", exact: true }).click();
	await page.getByRole("option", { name: "console-test" }).click();
	await form.getByLabel("Why").fill("Used from a stolen laptop");
	await form.getByRole("button", { name: "Ban", exact: true }).click();
	await expect(form).toBeHidden();
	const row = page.getByRole("row").filter({ hasText: "console-test" });
	await expect(row).toContainText("Used from a stolen laptop");
	expect(await send({ address })).toBe("403 caller_banned");

	await row.getByText("Used from a stolen laptop").click();
	const drawer = page.getByRole("dialog", { name: "console-test" });
	await expect(drawer).toContainText("admin");
	await drawer.getByRole("button", { name: "New end" }).click();
	const end = page.getByRole("dialog", { name: "New end for the ban of console-test" });
	await end.getByRole("combobox", { name: "From now" }).click();
	await page.getByRole("option", { name: "Until somebody lifts it" }).click();
	await end.getByRole("button", { name: "Set the end" }).click();
	await expect(end).toBeHidden();
	await expect(drawer).toContainText("somebody lifts it");
	await drawer.getByRole("button", { name: "Lift the ban" }).click();
	const lift = page.getByRole("dialog", { name: "Lift the ban of console-test?" });
	await lift.getByRole("button", { name: "Lift the ban" }).click();
	await expect(lift).toBeHidden();
	expect(await send({ address })).toBe("200");

	await page.goto(console_.address("/bans?tab=over"));
	await expect(row).toContainText("Lifted");
	await page.getByRole("tab", { name: "History" }).click();
	const history = page.getByRole("table", { name: "History" });
	await expect(
		history.getByRole("row").filter({ hasText: "Used from a stolen laptop" }),
	).toHaveCount(1);
	await expect(history).toContainText("Lifted");
	expect(complaints).toEqual([]);
});

test("an address on the allow-list is answered whatever it is banned for", async ({ page }) => {
	const address = "203.0.113.30";
	await console_.admin().call("POST", "/api/v1/bans", {
		kind: "ip",
		value: address,
		reason: "Seen in a scan",
	});
	expect(await send({ address })).toBe("403 caller_banned");
	await console_.open(page, "/bans?tab=allow-list");
	const panel = page.getByRole("tabpanel");
	await panel.getByLabel("Address or range").fill("203.0.113.999");
	await panel.getByRole("button", { name: "Add", exact: true }).click();
	await expect(panel.getByLabel("Address or range")).toHaveAttribute("aria-invalid", "true");
	await panel.getByLabel("Address or range").fill("203.0.113.30/32");
	await panel.getByRole("button", { name: "Add", exact: true }).click();
	// A range of one is written as what it is.
	const entry = panel.getByRole("listitem").filter({ hasText: address });
	await expect(entry).toBeVisible();
	expect(await send({ address })).toBe("200");
	await entry.getByRole("button").click();
	await expect(entry).toHaveCount(0);
	expect(await send({ address })).toBe("403 caller_banned");
});

test("who tries wrong keys comes onto the watch list, and is banned from there", async ({
	page,
}) => {
	const address = "203.0.113.40";
	for (let turn = 0; turn < 9; turn += 1) await send({ address, token: wrongKey });
	await console_.open(page, "/bans?tab=watched&kind=ip");
	const row = page.getByRole("row").filter({ hasText: address });
	await expect
		.poll(
			async () => {
				await page.reload();
				await expect(page.getByRole("tabpanel").locator("[aria-busy=true]")).toHaveCount(0);
				return row.count();
			},
			{ timeout: 30_000 },
		)
		.toBe(1);
	await expect(row).toContainText("invalid_api_key");
	await row.getByText(address).click();
	const drawer = page.getByRole("dialog", { name: address });
	await expect(drawer.getByRole("listitem").first()).toContainText("Refused key: invalid_api_key");
	await page.keyboard.press("Escape");
	await row.getByRole("button", { name: `Actions for ${address}` }).click();
	await page.getByRole("menuitem", { name: "Ban", exact: true }).click();
	const form = page.getByRole("dialog", { name: "Ban somebody" });
	await expect(form.getByLabel("Which one")).toHaveValue(address);
	await form.getByLabel("Why").fill("Guesses keys");
	await form.getByRole("button", { name: "Ban", exact: true }).click();
	await expect(form).toBeHidden();
	await expect(row).toContainText("Banned");
	expect(await send({ address })).toBe("403 caller_banned");
});

test("a viewer is told that bans are not for them, and has no way to them", async ({ page }) => {
	await openAsViewer(console_, page, "/bans");
	await expect(page.getByText("Your role may not see or make bans.")).toBeVisible();
	await expect(page.getByRole("button", { name: "Ban somebody" })).toHaveCount(0);
	await expect(
		page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Bans" }),
	).toHaveCount(0);
});

for (const path of ["/bans", "/bans?tab=watched", "/bans?tab=allow-list", "/bans?new=1"]) {
	test(`${path} meets WCAG 2.2 AA in both themes and fits a phone`, async ({ page }) => {
		await meetsGuidelines(page, async () => {
			await console_.open(page, path);
		});
	});
}
