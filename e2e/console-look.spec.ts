import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { ask } from "./support/admin-client.ts";
import { startConsole } from "./support/console.ts";

const testKey = "test-key-of-the-console-0123456789";
const console_ = startConsole({ LLMPROXY_API_KEYS: `console-test=${testKey}` });
const seen = { requestId: "", budgetId: "" };

/** Every page there is, with its drawers and tabs. */
const pages: readonly string[] = [
	"/overview?range=1h",
	"/requests",
	"/requests?outcome=failed",
	"/requests/<id>",
	"/requests/req_unknown",
	"/analytics?range=1h",
	"/analytics?range=24h&metric=latency&by=tag&tag=none",
	"/keys",
	"/keys?new=1",
	"/routes",
	"/routes?new=1",
	"/routes?route=bG9vay1yb3V0ZQ",
	"/routes?tab=try&model=look-route",
	"/endpoints",
	"/endpoints?endpoint=simulator%2Fecho",
	"/providers",
	"/providers?add=1",
	"/providers?provider=simulator",
	"/playground",
	"/budgets",
	"/budgets?new=1",
	"/budgets/<budget>",
	"/threats?range=1h",
	"/threats?range=1h&tab=events",
	"/triage",
	"/guards",
	"/guards?guard=prompt-injection",
	"/guards?guard=secret-leak&tab=rules",
	"/rule-tester",
	"/signatures",
	"/privacy",
	"/bans",
	"/settings",
	"/users",
	"/users?tab=roles",
	"/users?new=1",
	"/welcome",
	"/welcome?step=key",
	"/welcome?step=request",
	"/sign-in",
	"/setup?token=used-up",
];
const desktop = { width: 1440, height: 900 };
const phone = { width: 375, height: 812 };

test.beforeAll(async () => {
	const { url } = console_.server();
	const budget = { title: "Look", scope: "organisation", hardLimit: 5_000_000, softLimit: 10 };
	const made = await console_.admin().call<{ id: string }>("POST", "/api/v1/budgets", budget);
	seen.budgetId = made.id;
	await console_.admin().call("POST", "/api/v1/routes", {
		name: "look-route",
		strategy: "weighted",
		entries: [{ target: "simulator/echo", weight: 3 }, { target: "simulator/lorem" }],
		fallbacks: { error: ["simulator/none"] },
	});
	for (const body of [
		{ model: "simulator/echo" },
		{ model: "simulator/lorem", stream: true },
		{ model: "simulator/none" },
		{ model: "simulator/echo", logprobs: true },
	]) {
		const answer = await ask(url, testKey, body);
		await answer.text();
		seen.requestId ||= answer.headers.get("x-request-id") ?? "";
	}
	const status = async () => {
		const path = `/api/v1/requests/${seen.requestId}`;
		return (await console_.admin().send("GET", path)).status;
	};
	await expect.poll(status, { timeout: 30_000 }).toBe(200);
});

/** What axe finds, one line each: rule, where, and why. */
async function violations(page: Page): Promise<readonly string[]> {
	const { violations: found } = await new AxeBuilder({ page })
		.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
		.analyze();
	return found.flatMap(({ id, nodes }) =>
		nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`),
	);
}

test.describe("every page", () => {
	const shared: { page?: Page } = {};
	test.beforeAll(async ({ browser }) => {
		const context = await browser.newContext({ reducedMotion: "reduce", viewport: desktop });
		shared.page = await context.newPage();
	});
	test.afterAll(async () => {
		await shared.page?.context().close();
	});

	for (const path of pages) {
		test(`${path} meets WCAG 2.2 AA in both themes and fits a phone`, async () => {
			const { page } = shared;
			if (page === undefined) throw new Error("There is no page.");
			await page.setViewportSize(desktop);
			await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
			await visit(page, path.replace("<id>", seen.requestId).replace("<budget>", seen.budgetId));
			expect.soft(await violations(page), "in the light theme").toEqual([]);
			await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
			await expect(page.locator("html")).toHaveClass(/dark/);
			expect.soft(await violations(page), "in the dark theme").toEqual([]);
			await page.setViewportSize(phone);
			await expect.poll(() => tooWide(page), "on a phone").toEqual([]);
		});
	}
});

async function visit(page: Page, path: string): Promise<void> {
	if (/^\/(sign-in|setup)/.test(path)) {
		await page.context().clearCookies();
		await page.goto(console_.address(path));
	} else {
		await console_.open(page, path);
	}
	await expect(page.getByRole("heading").first()).toBeVisible();
}

test("on a phone the navigation opens from its button and closes with the choice", async ({
	page,
}) => {
	await page.setViewportSize(phone);
	await console_.open(page, "/overview");
	await page.getByRole("button", { name: "Open the navigation" }).click();
	const drawer = page.getByRole("dialog", { name: "Navigation" });
	await drawer.getByRole("link", { name: "Keys" }).click();
	await expect(drawer).toBeHidden();
	await expect(page.getByRole("list", { name: "Keys" })).toContainText("console-test");
});

/** The elements that make the page, its content or an open drawer wider than the screen. */
function tooWide(page: Page): Promise<readonly string[]> {
	return page.evaluate(() => {
		const boxes = [
			document.documentElement,
			...document.querySelectorAll("main, [role=dialog], [role=dialog] > div"),
		];
		return boxes
			.filter((box) => box.scrollWidth > box.clientWidth + 1)
			.map((box) => `${box.tagName} shows ${box.clientWidth} of ${box.scrollWidth} px`);
	});
}
