import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { ask } from "./support/admin-client.ts";
import { isReady, startConsole } from "./support/console.ts";

const testKey = "test-key-of-the-console-0123456789";
const console_ = startConsole({ LLMPROXY_API_KEYS: `console-test=${testKey}` });
const seen = { requestId: "" };

/** Every page there is, with its drawers and tabs. */
const pages: readonly string[] = [
	"/overview?range=1h",
	"/requests",
	"/requests?outcome=failed",
	"/requests/<id>",
	"/requests/req_unknown",
	"/keys",
	"/keys?new=1",
	"/providers",
	"/providers?add=1",
	"/providers?provider=simulator",
	"/playground",
	"/settings",
	"/users",
	"/users?tab=roles",
	"/users?new=1",
	"/welcome",
	"/welcome?step=key",
	"/welcome?step=request",
];

test.beforeAll(async () => {
	const { url } = console_.server();
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

for (const colorScheme of ["light", "dark"] as const) {
	test.describe(`in the ${colorScheme} theme`, () => {
		test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

		test("the pages before signing in meet WCAG 2.2 AA", async ({ page }) => {
			for (const path of ["/sign-in", "/setup?token=used-up"]) {
				await page.goto(console_.address(path));
				await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
				expect.soft(await violations(page), path).toEqual([]);
			}
		});

		for (const path of pages) {
			test(`${path} meets WCAG 2.2 AA`, async ({ page }) => {
				await console_.open(page, path.replace("<id>", seen.requestId));
				await expect(page.getByRole("heading").first()).toBeVisible();
				expect(await violations(page)).toEqual([]);
			});
		}
	});
}

test.describe("on a phone", () => {
	test.use({ viewport: { width: 375, height: 812 }, contextOptions: { reducedMotion: "reduce" } });

	test("no page scrolls sideways", async ({ page }) => {
		test.setTimeout(240_000);
		for (const path of pages) {
			await console_.open(page, path.replace("<id>", seen.requestId));
			expect.soft(await widest(page), path).toEqual([]);
		}
		await page.context().clearCookies();
		await page.goto(console_.address("/sign-in"));
		await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
		expect.soft(await widest(page), "/sign-in").toEqual([]);
	});

	test("the navigation opens from its button and closes with the choice", async ({ page }) => {
		await console_.open(page, "/overview");
		await page.getByRole("button", { name: "Open the navigation" }).click();
		const drawer = page.getByRole("dialog", { name: "Navigation" });
		await drawer.getByRole("link", { name: "Keys" }).click();
		await expect(drawer).toBeHidden();
		await isReady(page);
		await expect(page.getByRole("list", { name: "Keys" })).toContainText("console-test");
	});
});

/** The elements that make the page, its content or an open drawer wider than the screen. */
function widest(page: Page): Promise<readonly string[]> {
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
