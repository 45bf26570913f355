import type { Page } from "@playwright/test";
import type { DemoInstallation } from "./demo-installation.ts";

export interface Shot {
	readonly name: string;
	readonly path: (demo: DemoInstallation) => string | Promise<string>;
	readonly isSignedIn?: boolean;
	/** Brings the page to where it shows what it is for. */
	readonly prepare?: (page: Page) => Promise<void>;
}

const at = (path: string) => () => path;

/** Every page of the console with its drawers. */
export const shots: readonly Shot[] = [
	{ name: "sign-in", path: at("/sign-in"), isSignedIn: false },
	{ name: "overview", path: at("/overview?range=7d") },
	{ name: "overview-30d", path: at("/overview?range=30d") },
	{ name: "requests", path: at("/requests") },
	{ name: "requests-failed", path: at("/requests?outcome=failed&range=7d") },
	{ name: "request", path: newestRequest("action=redact") },
	{ name: "request-refused", path: newestRequest("outcome=refused") },
	{ name: "analytics", path: at("/analytics?range=7d") },
	{ name: "analytics-latency", path: at("/analytics?range=24h&metric=latency&by=provider") },
	{ name: "analytics-key", path: at("/analytics?range=7d&metric=tokens&by=key&tag=production") },
	{ name: "threats", path: at("/threats?range=7d") },
	{ name: "threats-events", path: at("/threats?range=24h&tab=events&effect=block") },
	{ name: "triage", path: at("/triage"), prepare: openIncident },
	{ name: "guards", path: at("/guards") },
	{ name: "guard", path: at("/guards?guard=prompt-injection") },
	{ name: "rule-tester", path: at("/rule-tester") },
	{ name: "signatures", path: at("/signatures") },
	{ name: "signature", path: at("/signatures?signature=FW-002") },
	{ name: "privacy", path: at("/privacy") },
	{ name: "privacy-try", path: at("/privacy?tab=try"), prepare: maskText },
	{ name: "bans", path: at("/bans") },
	{ name: "bans-watched", path: at("/bans?tab=watched") },
	{ name: "bans-history", path: at("/bans?tab=history") },
	{ name: "keys", path: at("/keys") },
	{ name: "key-new", path: at("/keys?new=1") },
	{ name: "routes", path: at("/routes") },
	{ name: "route-new", path: at("/routes?new=1") },
	{ name: "route", path: routeDrawer("demo-chat") },
	{ name: "route-try", path: at("/routes?tab=try&model=demo-chat&session=demo-session-7") },
	{ name: "endpoints", path: at("/endpoints") },
	{ name: "endpoint", path: at("/endpoints?endpoint=demo-east%2Florem") },
	{ name: "providers", path: at("/providers") },
	{ name: "provider-add", path: at("/providers?add=1") },
	{ name: "provider", path: at("/providers?provider=openai") },
	{ name: "playground", path: at("/playground?model=simulator%2Florem"), prepare: chat },
	{ name: "budgets", path: at("/budgets") },
	{ name: "budget-new", path: at("/budgets?new=1"), prepare: writeBudget },
	{ name: "budget", path: budgetNamed("Demo Support") },
	{ name: "budget-each", path: budgetNamed("Every key, every week") },
	{ name: "settings", path: at("/settings") },
	{ name: "users", path: at("/users") },
	{ name: "users-roles", path: at("/users?tab=roles") },
	{ name: "welcome", path: at("/welcome") },
	{ name: "welcome-key", path: at("/welcome?step=key") },
	{ name: "palette", path: at("/overview?range=24h"), prepare: openPalette },
	{ name: "no-such-page", path: at("/no-such-page") },
];

function routeDrawer(name: string): Shot["path"] {
	return at(`/routes?route=${Buffer.from(name).toString("base64url")}`);
}

/** A request that was really sent, with its whole trace. */
function newestRequest(filter: string): Shot["path"] {
	return async ({ admin }) => {
		const { items } = await admin.call<{ items: readonly { id: string }[] }>(
			"GET",
			`/api/v1/requests?limit=1&range=1h&${filter}`,
		);
		const [newest] = items;
		if (newest === undefined) throw new Error(`No request fits ${filter}.`);
		return `/requests/${newest.id}`;
	};
}

function budgetNamed(title: string): Shot["path"] {
	return async ({ admin }) => {
		const { items } = await admin.call<{ items: readonly { id: string; title: string }[] }>(
			"GET",
			"/api/v1/budgets",
		);
		const budget = items.find((item) => item.title === title);
		if (budget === undefined) throw new Error(`No budget is named ${title}.`);
		return `/budgets/${budget.id}`;
	};
}

async function writeBudget(page: Page): Promise<void> {
	const drawer = page.getByRole("dialog", { name: "New budget" });
	await drawer.getByLabel("Name").fill("Demo Research, evaluations");
	await drawer.getByRole("button", { name: "Team" }).click();
	await page.getByRole("option", { name: "Demo Research" }).click();
	await drawer.getByLabel("Hard limit").fill("200");
}

async function chat(page: Page): Promise<void> {
	await page
		.getByRole("textbox", { name: "Message" })
		.fill("Write 60 words about the demo project.");
	await page.getByRole("button", { name: "Send" }).click();
	await page.getByRole("article", { name: "Model" }).getByText("Gateway").waitFor();
}

async function openIncident(page: Page): Promise<void> {
	await page.getByRole("list", { name: "Incidents" }).getByRole("button").first().click();
	await page.getByRole("region", { name: "Incident" }).getByRole("heading").first().waitFor();
}

async function maskText(page: Page): Promise<void> {
	const text = "Kari Demonstrasjon, kari.demo@example.test, pays with GB82 WEST 1234 5698 7654 32.";
	await page.getByRole("textbox", { name: "Text" }).fill(text);
	await page.getByRole("button", { name: "Mask it" }).click();
	await page.getByRole("heading", { name: "What a provider would get" }).waitFor();
}

async function openPalette(page: Page): Promise<void> {
	await page.locator('[aria-label^="Live updates: Live"]').waitFor();
	await page.keyboard.press("Control+k");
	await page.getByRole("dialog").waitFor();
}
