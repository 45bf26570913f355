import type { Locator, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { ask } from "./support/admin-client.ts";
import { startConsole } from "./support/console.ts";
import { watch } from "./support/watch.ts";

const testKey = "test-key-of-the-console-0123456789";
const console_ = startConsole({ LLMPROXY_API_KEYS: `console-test=${testKey}` });

/** Two simulators: one works, the other fails every request. */
test.beforeAll(async () => {
	for (const [id, title, errorRate] of [
		["east", "East", 0],
		["west", "West", 1],
	] as const) {
		await console_.admin().call("POST", "/api/v1/providers", {
			id,
			title,
			kind: "simulator",
			settings: { errorRate },
			models: ["echo", "lorem"],
		});
	}
});

/** Asks the failing one first. */
async function addGroup(name: string): Promise<void> {
	await console_.admin().call("POST", "/api/v1/routes", {
		name,
		entries: [{ target: "west/echo" }, { target: "east/echo" }],
		fallbacks: { error: ["simulator/echo"] },
	});
}

async function askFor(model: string): Promise<Response> {
	const answer = await ask(console_.server().url, testKey, { model });
	await answer.text();
	return answer;
}

interface Picking {
	readonly opener: Locator;
	readonly list: string;
	readonly names: readonly string[];
}

async function pick(page: Page, { opener, list, names }: Picking): Promise<void> {
	await opener.click();
	const picker = page.getByRole("dialog", { name: list });
	for (const name of names) {
		await picker.getByRole("combobox").fill(name);
		await picker.getByRole("option", { name, exact: true }).click();
	}
	await page.keyboard.press("Escape");
	await expect(picker).toBeHidden();
}

function order(drawer: Locator): Locator {
	return drawer.getByRole("list", { name: "Targets in order" }).getByRole("listitem");
}

test("a group is made, ordered by keys, buttons and mouse, and requests follow it", async ({
	page,
}) => {
	const complaints = watch(page);
	await console_.open(page, "/routes");
	await page.getByRole("main").getByRole("button", { name: "Create route" }).last().click();
	const drawer = page.getByRole("dialog", { name: "New route" });
	await drawer.getByRole("button", { name: "Create route" }).click();
	await expect(drawer.getByText("Name at least one target")).toBeVisible();
	await drawer.getByLabel("Name").fill("house");
	const add = drawer.getByRole("button", { name: "Add target" });
	const names = ["east/echo", "west/echo"];
	await pick(page, { opener: add, list: "Targets to choose from", names });
	await expect(order(drawer)).toHaveText([/east\/echo/, /west\/echo/]);

	const handle = drawer.getByRole("button", { name: "Move west/echo", exact: true });
	const said = page.getByRole("status").filter({ hasText: "west/echo" });
	await handle.focus();
	await page.keyboard.press("Space");
	await expect(said).toContainText("west/echo is taken, at place 2 of 2");
	await page.keyboard.press("ArrowUp");
	await expect(said).toContainText("west/echo is at place 1 of 2");
	await page.keyboard.press("Escape");
	await expect(said).toContainText("Left west/echo");
	await expect(drawer).toBeVisible();
	await expect(order(drawer)).toHaveText([/east\/echo/, /west\/echo/]);
	await page.keyboard.press("Space");
	await expect(said).toContainText("west/echo is taken");
	await page.keyboard.press("ArrowUp");
	await expect(said).toContainText("is at place 1 of 2");
	await page.keyboard.press("Space");
	await expect(order(drawer)).toHaveText([/west\/echo/, /east\/echo/]);

	await drawer.getByRole("button", { name: "Move west/echo down" }).click();
	await expect(order(drawer)).toHaveText([/east\/echo/, /west\/echo/]);
	await dragOnto(page, handle, drawer.getByRole("button", { name: "Move east/echo", exact: true }));
	await expect(order(drawer)).toHaveText([/west\/echo/, /east\/echo/]);

	const chain = drawer.getByRole("button", { name: "Add a fallback after errors" });
	await pick(page, { opener: chain, list: "Fallbacks after errors", names: ["simulator/echo"] });
	await drawer.getByRole("button", { name: "Create route" }).click();
	await expect(drawer).toBeHidden();

	const row = page.getByRole("row").filter({ hasText: "house" });
	await expect(row).toContainText(/west\/echo.*priority 0.*Closed.*east\/echo/);
	await expect(row).toContainText("error: simulator/echo");
	const answer = await askFor("house");
	expect(answer.status).toBe(200);
	expect(answer.headers.get("x-llmproxy-provider")).toBe("east");
	expect(complaints).toEqual([]);
});

async function dragOnto(page: Page, from: Locator, to: Locator): Promise<void> {
	await from.hover();
	await page.mouse.down();
	const box = await to.boundingBox();
	if (box === null) throw new Error("There is nothing to drag onto.");
	await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 8 });
	await page.mouse.up();
}

test("a trial says where a request would go and why, and whose circuit is open", async ({
	page,
}) => {
	await addGroup("shed");
	const complaints = watch(page);
	await console_.open(page, "/routes");
	await page.getByRole("button", { name: "Try shed" }).click();
	const decision = page.getByRole("region", { name: "Decision" });
	await expect(decision).toContainText("shed goes to west/echo");
	const steps = page.getByRole("region", { name: "Step by step" });
	await expect(steps).toContainText("“shed” is a route with 2 targets in use.");
	await expect(page.getByRole("region", { name: "Fallbacks" })).toContainText("simulator/echo");

	for (let turn = 0; turn < 5; turn += 1) expect((await askFor("shed")).status).toBe(200);
	await page.getByRole("button", { name: "Ask again" }).click();
	await expect(decision).toContainText("shed goes to east/echo");
	const candidates = page.getByRole("list", { name: "Candidates" }).getByRole("listitem");
	await expect(candidates.filter({ hasText: "west/echo" })).toContainText(
		/Open.*Skipped: Out of service/,
	);

	await page.getByLabel("Endpoint").click();
	await page.getByRole("option", { name: "/v1/embeddings" }).click();
	await expect(page).toHaveURL(/endpoint=embeddings/);
	const opener = page.getByRole("button", { name: "Model: shed" });
	await opener.click();
	await page.getByRole("combobox", { name: "Names to ask for" }).fill("no-such-name");
	await page.getByRole("option", { name: /no-such-name/ }).click();
	await expect(decision).toContainText("no-such-name would be refused");
	await expect(decision).toContainText("route.unknown_model");
	expect(complaints).toEqual([]);
});

test("an endpoint out of service is found, probed, given timeouts and switched off", async ({
	page,
}) => {
	await addGroup("barn");
	for (let turn = 0; turn < 5; turn += 1) expect((await askFor("barn")).status).toBe(200);
	const complaints = watch(page);
	await console_.open(page, "/endpoints");
	await expect(page.getByText(/as seen by this node/)).toBeVisible();
	const row = (target: string) => page.getByRole("row").filter({ hasText: target });
	await expect(row("west/echo")).toContainText(/Out of service.*Open/);
	await expect(row("west/echo").getByRole("img", { name: /failed/ })).toBeVisible();
	await expect(row("east/echo")).toContainText(/Healthy.*Closed/);

	await page.getByRole("button", { name: "1 out of service" }).click();
	await expect(row("east/echo")).toHaveCount(0);
	await row("west/echo").getByRole("button", { name: "Probe now: west/echo" }).click();
	await expect(page.getByText(/West answered in/)).toBeVisible();
	await page.getByRole("button", { name: "0 out of service" }).click();
	await expect(row("west/echo")).toContainText(/Recovering.*Half-open/);

	await row("west/lorem").click();
	const drawer = page.getByRole("dialog", { name: "west/lorem" });
	await drawer.getByLabel("Priority").fill("seven");
	await expect(drawer.getByText("A whole number.")).toBeVisible();
	await drawer.getByLabel("Priority").fill("7");
	await drawer.getByRole("textbox", { name: "First byte" }).fill("2500");
	await drawer.getByRole("button", { name: "Save" }).click();
	await expect(drawer).toBeHidden();
	await expect(row("west/lorem")).toContainText(/7.*first byte 2\.5 s/);

	expect((await askFor("east/lorem")).status).toBe(200);
	await row("east/lorem").getByRole("switch").click();
	await expect(row("east/lorem")).toContainText("Off");
	expect((await askFor("east/lorem")).status).toBe(404);
	expect(complaints).toEqual([]);
});

test("a route is renamed, switched off and removed", async ({ page }) => {
	await addGroup("cabin");
	const complaints = watch(page);
	await console_.open(page, "/routes");
	await page
		.getByRole("row")
		.filter({ hasText: "cabin" })
		.getByText("cabin", { exact: true })
		.click();
	const drawer = page.getByRole("dialog", { name: "cabin" });
	await drawer.getByLabel("Name").fill("our-cabin");
	await drawer.getByLabel("Strategy").click();
	await page.getByRole("option", { name: /^Smart/ }).click();
	await expect(drawer.getByText(/success² \/ latency × costFactor\^w/)).toBeVisible();
	await drawer.getByRole("button", { name: "Save" }).click();
	await expect(drawer).toBeHidden();
	expect((await askFor("cabin")).status).toBe(404);
	expect((await askFor("our-cabin")).status).toBe(200);

	const row = page.getByRole("row").filter({ hasText: "our-cabin" });
	await expect(row).toContainText("Smart");
	await row.getByRole("switch").click();
	// The switch moves at once; the server follows.
	await expect(row.getByRole("switch")).not.toBeChecked();
	await expect.poll(async () => (await askFor("our-cabin")).status).toBe(404);
	await row.getByRole("button", { name: "Actions for our-cabin" }).click();
	await page.getByRole("menuitem", { name: "Remove" }).click();
	const question = page.getByRole("dialog", { name: "Remove the route our-cabin?" });
	await question.getByRole("button", { name: "Remove route" }).click();
	await expect(row).toHaveCount(0);
	expect(complaints).toEqual([]);
});
