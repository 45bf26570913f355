import type { Overview } from "../../contracts/overview.ts";
import type { LedgerScope } from "../repositories/ledger-scope.ts";
import type { Period } from "../repositories/overview.ts";
import { readProviderTraffic, readUnpricedModels } from "../repositories/overview.ts";
import { listUpstreams } from "../repositories/upstreams.ts";
import { runtime } from "../runtime.ts";

export type Warning = Overview["warnings"][number];

const soonMs = 7 * 24 * 60 * 60_000;
const trafficWindowMs = 15 * 60_000;
/** The shipper empties the journal four times a second; this much means that it cannot. */
const backlogMax = 5000;
/** Fewer requests say nothing about a provider. */
const requestsMin = 5;
const severities = ["critical", "high", "medium", "low", "info"] as const;

/** What wants a person's attention now, worst first. Who sees only their own traffic hears only of that. */
export async function readWarnings(period: Period, scope: LedgerScope): Promise<Warning[]> {
	const unpriced = await unpricedWarnings(period, scope);
	const all = scope.all
		? [
				...configurationWarnings(),
				...journalWarnings(),
				...(await providerWarnings()),
				...keyWarnings(),
				...unpriced,
			]
		: unpriced;
	return all.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

async function unpricedWarnings(period: Period, scope: LedgerScope): Promise<Warning[]> {
	const models = await readUnpricedModels(runtime().prisma, period, scope);
	if (models.length === 0) return [];
	return [
		{
			id: "prices.missing",
			severity: "medium",
			message: `No price is known for ${listed(models)}; spend does not include them.`,
			href: "/providers",
		},
	];
}

function configurationWarnings(): Warning[] {
	const { configuration, snapshot } = runtime();
	const { killSwitch } = snapshot().settings;
	const stopped: Warning[] = killSwitch.engaged
		? [
				{
					id: "kill-switch.engaged",
					severity: "critical",
					message: `All model traffic is stopped: ${killSwitch.reason}`,
					href: null,
				},
			]
		: [];
	const broken = configuration.problems().map(({ place, message }): Warning => {
		const [what, name = ""] = place.split(":");
		return what === "upstream"
			? {
					id: place,
					severity: "high",
					message: `The provider ${name} cannot be used: ${message}`,
					href: "/providers",
				}
			: {
					id: place,
					severity: "critical",
					message: `Version ${name} of the settings cannot be used; an older one is in force.`,
					href: "/settings",
				};
	});
	return [...stopped, ...broken];
}

function journalWarnings(): Warning[] {
	const backlog = runtime().journalBacklog();
	if (backlog <= backlogMax) return [];
	return [
		{
			id: "journal.backlog",
			severity: "high",
			message: `${backlog} settled requests wait in this node's journal; the figures here lack them.`,
			href: null,
		},
	];
}

async function providerWarnings(): Promise<Warning[]> {
	const { prisma } = runtime();
	const [rows, traffic] = await Promise.all([
		listUpstreams(prisma),
		readProviderTraffic(prisma, new Date(Date.now() - trafficWindowMs)),
	]);
	const enabled = rows.filter((row) => row.isEnabled);
	const failing = traffic
		.filter(({ requests, failed }) => requests >= requestsMin && failed / requests >= 0.5)
		.map(
			({ provider, requests, failed }): Warning => ({
				id: `provider.failing:${provider}`,
				severity: "high",
				message: `${failed} of the last ${requests} requests to ${provider} failed.`,
				href: "/providers",
			}),
		);
	const unreachable = enabled
		.filter((row) => row.checkStatus === "failed")
		.map(
			(row): Warning => ({
				id: `provider.check:${row.id}`,
				severity: "medium",
				message: `The last connection test of ${row.title} failed: ${row.checkMessage ?? "no reason given"}`,
				href: "/providers",
			}),
		);
	const isOnlySimulated = enabled.every((row) => row.kind === "simulator");
	const simulated: Warning[] = isOnlySimulated
		? [
				{
					id: "providers.simulated",
					severity: "info",
					message: "Only the simulator answers. Add a provider to reach real models.",
					href: "/providers",
				},
			]
		: [];
	return [...failing, ...unreachable, ...simulated];
}

function keyWarnings(): Warning[] {
	const now = Date.now();
	const expiring = [...runtime().snapshot().keys.values()].filter(
		({ expiresAtMs, revokedAtMs }) =>
			revokedAtMs === null &&
			expiresAtMs !== null &&
			expiresAtMs > now &&
			expiresAtMs - now < soonMs,
	);
	if (expiring.length === 0) return [];
	return [
		{
			id: "keys.expiring",
			severity: "low",
			message: `Within a week ${expiring.length === 1 ? "a key expires" : `${expiring.length} keys expire`}: ${listed(expiring.map((key) => key.name))}.`,
			href: "/keys",
		},
	];
}

function listed(names: readonly string[]): string {
	const shown = names.slice(0, 3).join(", ");
	return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
