import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

/** WCAG 2.2 AA in both themes, and nothing wider than a phone's screen. */
export async function meetsGuidelines(page: Page, open: () => Promise<void>): Promise<void> {
	for (const colorScheme of ["light", "dark"] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
		await open();
		// A dialog hides the page from roles.
		await expect(page.locator("h1")).toBeVisible();
		expect(await violations(page), colorScheme).toEqual([]);
	}
	await page.setViewportSize({ width: 375, height: 812 });
	await expect.poll(() => overhang(page)).toBeLessThanOrEqual(0);
}

async function violations(page: Page): Promise<readonly string[]> {
	const { violations: found } = await new AxeBuilder({ page })
		.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
		.analyze();
	return found.flatMap(({ id, nodes }) =>
		nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`),
	);
}

/** Pixels by which the page is wider than the screen. */
function overhang(page: Page): Promise<number> {
	return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
