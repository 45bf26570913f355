import type { Page } from "@playwright/test";
import { signIn } from "./admin-client.ts";
import type { ConsoleUnderTest } from "./console.ts";
import { isReady } from "./console.ts";

const viewer = {
	email: "viewer@example.test",
	name: "Viewer",
	password: "a viewer of everything",
} as const;

/** Goes to a page with the session of somebody who may look and nothing else; made at the first call. */
export async function openAsViewer(
	{ server, admin, address }: ConsoleUnderTest,
	page: Page,
	path: string,
): Promise<void> {
	const made = await admin().send("POST", "/api/v1/users", { ...viewer, role: "viewer" });
	if (!made.ok && made.status !== 409) throw new Error(`${made.status} ${await made.text()}`);
	const [name = "", value = ""] = (await signIn(server().url, viewer)).cookie.split("=", 2);
	const cookie = { name, value, url: address("/"), httpOnly: true, sameSite: "Lax" } as const;
	await page.context().addCookies([cookie]);
	await page.goto(address(path));
	await isReady(page);
}
