import type * as z from "zod";
import { roleHolds } from "../../contracts/permissions.ts";
import type {
	checkPresidio,
	PrivacyCounts,
	putPrivacy,
	tryPrivacy,
} from "../../contracts/privacy.ts";
import type { Principal } from "../auth/principal.ts";
import type { RuleHits } from "../repositories/rule-hits.ts";
import { readRuleHits } from "../repositories/rule-hits.ts";
import { runtime } from "../runtime.ts";
import { changeSettings } from "./change-settings.ts";

interface PutInput {
	readonly body: z.output<typeof putPrivacy.body>;
	readonly principal: Principal;
}
interface TryInput {
	readonly body: z.output<typeof tryPrivacy.body>;
	readonly principal: Principal;
	readonly request: Request;
}
interface CheckInput {
	readonly body: z.output<typeof checkPresidio.body>;
	readonly request: Request;
}

const dayMs = 86_400_000;
const guard = "privacy";

export const privacyService = {
	get: async () => overviewOf(runtime().configuration.settingsVersion()),

	/** Throws `request.invalid`, and `resource.conflict` when somebody was faster. */
	put: async ({ body, principal }: PutInput) => {
		const version = await changeSettings({
			principal,
			version: body.version,
			change: (settings) => ({ ...settings, privacy: body.value }),
		});
		runtime().log.info("The privacy settings were changed.", { by: principal.userId, version });
		return overviewOf(version);
	},

	try: async ({ body, principal, request }: TryInput) => {
		const { gateway, snapshot } = runtime();
		const { privacy: inForce } = snapshot().settings;
		const { text, source, value } = body;
		// An address to send texts to comes only from people who may set it.
		const mayAddress = roleHolds(principal.role, "guards:write");
		const settings =
			value === undefined || mayAddress
				? (value ?? inForce)
				: { ...value, analyzer: inForce.analyzer, presidio: inForce.presidio };
		const { found, ...trial } = await gateway.privacy.tryOut({
			text,
			source,
			settings,
			signal: request.signal,
		});
		return { ...trial, found: [...found] };
	},

	checkPresidio: async ({ body, request }: CheckInput) => {
		const check = await runtime().gateway.privacy.checkPresidio(body, request.signal);
		return { ...check, entities: [...check.entities] };
	},
};

async function overviewOf(version: number) {
	const { prisma, snapshot } = runtime();
	const now = Date.now();
	const [day, week] = await Promise.all([
		readRuleHits(prisma, new Date(now - dayMs)),
		readRuleHits(prisma, new Date(now - 7 * dayMs)),
	]);
	return { version, value: snapshot().settings.privacy, counts: countsOf(day, week) };
}

function countsOf(day: readonly RuleHits[], week: readonly RuleHits[]): PrivacyCounts[] {
	const ofDay = new Map(day.filter((row) => row.guard === guard).map((row) => [row.rule, row]));
	return week
		.filter((row) => row.guard === guard)
		.map((row) => ({
			type: row.rule,
			day: toCounts(ofDay.get(row.rule)),
			week: toCounts(row),
		}));
}

function toCounts(row: RuleHits | undefined): PrivacyCounts["day"] {
	return {
		found: row?.found ?? 0,
		enforced: row?.enforced ?? 0,
		wouldHave: row?.wouldHave ?? 0,
	};
}
