import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { startConsole } from "./support/console.ts";

const console_ = startConsole();

/** Pages of the security people with the endpoint that each cannot do without. */
const pages = [
	{ path: "/threats", endpoint: "threats/summary" },
	{ path: "/threats?tab=events", endpoint: "threats" },
	{ path: "/triage", endpoint: "incidents" },
	{ path: "/guards", endpoint: "guards" },
	{ path: "/rule-tester", endpoint: "guards" },
	{ path: "/rule-tester?tab=replay", endpoint: "recordings" },
	{ path: "/signatures", endpoint: "signatures" },
	{ path: "/privacy", endpoint: "privacy" },
	{ path: "/bans", endpoint: "bans" },
	{ path: "/bans?tab=watched", endpoint: "bans/watched" },
	{ path: "/bans?tab=history", endpoint: "bans/history" },
] as const;

function addressOf(endpoint: string): RegExp {
	return new RegExp(`/api/v1/${endpoint}(\\?|$)`);
}

const broken = { status: 500, json: { error: { code: "internal.unexpected", message: "No." } } };

for (const [index, { path, endpoint }] of pages.entries()) {
	const isReached = index % 2 === 0;
	const what = isReached ? "answers 500" : "cannot be reached";
	test(`${path} says so when ${endpoint} ${what}, and recovers on retry`, async ({ page }) => {
		await page.route(addressOf(endpoint), (route) =>
			isReached ? route.fulfill(broken) : route.abort(),
		);
		await openPage(page, path);
		const alert = page.getByRole("alert").filter({ hasText: "This could not be loaded." });
		// After two more tries by itself.
		await expect(alert.first()).toBeVisible({ timeout: 60_000 });
		await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
		await page.unroute(addressOf(endpoint));
		await alert.first().getByRole("button", { name: "Try again" }).click();
		await expect(alert).toHaveCount(0);
	});
}

async function openPage(page: Page, path: string): Promise<void> {
	const [name = "", value = ""] = console_.admin().cookie.split("=", 2);
	const url = console_.address("/");
	await page.context().addCookies([{ name, value, url, httpOnly: true, sameSite: "Lax" }]);
	await page.goto(console_.address(path));
}

test("a page never grows beyond its frame", async ({ page }) => {
	await console_.open(page, "/signatures");
	await expect(page.getByRole("table")).toBeVisible();
	const sizes = await page.evaluate(() => {
		const { scrollHeight, clientHeight } = document.documentElement;
		return { scrollHeight, clientHeight };
	});
	expect(sizes.scrollHeight).toBe(sizes.clientHeight);
});
