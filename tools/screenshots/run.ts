/**
 * Takes a picture of every page in both themes and two sizes from an installation with made-up data.
 * Those of the README go to `docs/screenshots/`, the others to `.cache/screenshots/`.
 *
 * Usage: node tools/screenshots/run.ts [--only=TEXT]   (only pictures with that text in their names)
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "@playwright/test";
import { chromium } from "@playwright/test";
import { newDataDir, removeDataDir } from "../../e2e/support/running-server.ts";
import config from "../../playwright.config.ts";
import type { DemoInstallation } from "./demo-installation.ts";
import { startDemoInstallation } from "./demo-installation.ts";
import { shots } from "./shots.ts";

const root = join(import.meta.dirname, "../..");
const sizes = [
	{ width: 1440, height: 900 },
	{ width: 375, height: 812 },
] as const;
const themes = ["light", "dark"] as const;
const inReadme = ["overview-dark-1440", "threats-dark-1440", "requests-light-1440"];
const { only } = parseArgs({ options: { only: { type: "string", default: "" } } }).values;

const dataDir = newDataDir();
try {
	console.log("Starting a demo installation with made-up data …");
	const demo = await startDemoInstallation(dataDir);
	const browser = await chromium.launch(config.use?.launchOptions ?? {});
	try {
		for (const size of sizes) {
			for (const theme of themes) await takeAll(browser, demo, { size, theme });
		}
	} finally {
		await browser.close();
		await demo.stop();
	}
} finally {
	removeDataDir(dataDir);
}

interface Look {
	readonly size: (typeof sizes)[number];
	readonly theme: (typeof themes)[number];
}

async function takeAll(browser: Browser, demo: DemoInstallation, look: Look): Promise<void> {
	const context = await browser.newContext({
		viewport: look.size,
		colorScheme: look.theme,
		reducedMotion: "reduce",
		timezoneId: "UTC",
		locale: "en-GB",
	});
	const [cookie = "", value = ""] = demo.admin.cookie.split("=", 2);
	const page = await context.newPage();
	for (const shot of shots) {
		const name = `${shot.name}-${look.theme}-${look.size.width}`;
		if (!name.includes(only)) continue;
		await context.clearCookies();
		if (shot.isSignedIn !== false)
			await context.addCookies([{ name: cookie, value, url: demo.server.url }]);
		await page.goto(demo.server.url + (await shot.path(demo)));
		await settled(page);
		await shot.prepare?.(page);
		const path = pathOf(name);
		await page.screenshot({ path, animations: "disabled" });
		console.log(path.slice(root.length + 1));
	}
	await context.close();
}

/** Everything has been loaded and drawn once. */
async function settled(page: Page): Promise<void> {
	await page.locator("h1, h2, [role=dialog]").first().waitFor();
	await page.waitForFunction(() => document.querySelector("[aria-busy=true]") === null);
	await page.evaluate(() => document.fonts.ready);
	await page.evaluate(
		() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
	);
}

function pathOf(name: string): string {
	const isForReadme = inReadme.includes(name);
	const dir = join(root, isForReadme ? "docs/screenshots" : ".cache/screenshots");
	if (!existsSync(dir)) mkdirSync(dir, { recursive: true });
	return join(dir, `${isForReadme ? name.replace(/-1440$/, "") : name}.png`);
}
