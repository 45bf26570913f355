import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import type { AdminClient } from "./admin-client.ts";
import { adminEnvironment, environmentAdmin, signIn } from "./admin-client.ts";
import type { RunningServer } from "./running-server.ts";
import { newDataDir, removeDataDir, startServer } from "./running-server.ts";

export interface ConsoleUnderTest {
	readonly server: () => RunningServer;
	/** Signed in as the administrator of the environment. */
	readonly admin: () => AdminClient;
	/** Of a page of the console, as a person would write it. */
	readonly address: (path: string) => string;
	/** Goes to a page with the administrator's session and waits until it listens to the keyboard. */
	readonly open: (page: Page, path: string) => Promise<void>;
}

/** A server of its own for all tests of a file. */
export function startConsole(env: Readonly<Record<string, string>> = {}): ConsoleUnderTest {
	const running: { server?: RunningServer; admin?: AdminClient; dataDir?: string } = {};
	test.beforeAll(async () => {
		test.setTimeout(240_000);
		running.dataDir = newDataDir();
		running.server = await startServer({
			dataDir: running.dataDir,
			env: { ...adminEnvironment, ...env },
			startTimeoutMs: 180_000,
		});
		running.admin = await signIn(running.server.url, environmentAdmin);
	});
	test.afterAll(async () => {
		await running.server?.stop();
		if (running.dataDir !== undefined) removeDataDir(running.dataDir);
	});
	const server = () => need(running.server);
	const address = (path: string) => `${server().url.replace("127.0.0.1", "localhost")}${path}`;
	return {
		server,
		admin: () => need(running.admin),
		address,
		open: async (page, path) => {
			const [name = "", value = ""] = need(running.admin).cookie.split("=", 2);
			const cookie = { name, value, url: address("/"), httpOnly: true, sameSite: "Lax" } as const;
			await page.context().addCookies([cookie]);
			await page.goto(address(path));
			await isReady(page);
		},
	};
}

/** The live indicator has its state only once the page's scripts run. An open dialog hides it from roles. */
export async function isReady(page: Page): Promise<void> {
	await expect(page.locator('[aria-label^="Live updates: Live"]')).toBeVisible();
	await expect(page.locator(":is(main, [role=dialog]) [aria-busy=true]")).toHaveCount(0);
}

function need<Value>(value: Value | undefined): Value {
	if (value === undefined) throw new Error("The server has not been started.");
	return value;
}
