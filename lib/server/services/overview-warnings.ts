import type { Overview } from "../../contracts/overview.ts";
import type { ConfigurationProblem } from "../configuration/build-targets.ts";
import type { LedgerScope } from "../repositories/ledger-scope.ts";
import { readProviderTraffic } from "../repositories/overview.ts";
import { readReachedLimits } from "../repositories/quota-counters.ts";
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
export async function readWarnings(
	unpricedModels: readonly string[],
	scope: LedgerScope,
): Promise<Warning[]> {
	const unpriced = unpricedWarnings(unpricedModels);
	const all = scope.all
		? [
				...configurationWarnings(),
				...journalWarnings(),
				...classifierWarnings(),
				...(await providerWarnings()),
				...keyWarnings(),
				...(await budgetWarnings()),
				...unpriced,
			]
		: unpriced;
	return all.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

function unpricedWarnings(models: readonly string[]): Warning[] {
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
	return [...stopped, ...configuration.problems().map(problemWarning)];
}

/** `place` says what kind of thing it is and which, see `ConfigurationProblem`. */
function problemWarning({ place, message }: ConfigurationProblem): Warning {
	const [what] = place.split(":", 1);
	const name = place.slice(place.indexOf(":") + 1);
	switch (what) {
		case "upstream":
			return {
				id: place,
				severity: "high",
				message: `The provider ${name} cannot be used: ${message}`,
				href: "/providers",
			};
		case "target":
			return {
				id: place,
				severity: "medium",
				message: `The settings of ${name} cannot be used: ${message}`,
				href: "/endpoints",
			};
		case "route":
			return {
				id: place,
				severity: "high",
				message: `The route ${name} is not in force as it is stored: ${message}`,
				href: "/routes",
			};
		case "price":
			return {
				id: place,
				severity: "medium",
				message: `The price set for ${name} is not in force: ${message}`,
				href: "/models",
			};
		default:
			return {
				id: place,
				severity: "critical",
				message: `Version ${name} of the settings cannot be used; an older one is in force.`,
				href: "/settings",
			};
	}
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

function classifierWarnings(): Warning[] {
	const { classifier } = runtime();
	if (classifier === undefined || classifier.isUp()) return [];
	return [
		{
			id: "classifier.down",
			severity: "high",
			message:
				"The heavy classifier does not answer and is being started again; the fail policy of the prompt-injection guard decides meanwhile.",
			href: "/guards",
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

async function budgetWarnings(): Promise<Warning[]> {
	const reached = await readReachedLimits(runtime().prisma);
	return reached.map(
		({ id, title, isHard }): Warning => ({
			id: `budget.reached:${id}`,
			severity: isHard ? "high" : "medium",
			message: isHard
				? `The budget "${title}" is used up; it refuses requests.`
				: `The budget "${title}" has reached its soft limit.`,
			href: `/budgets/${id}`,
		}),
	);
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
