import { isDeepStrictEqual } from "node:util";
import type * as z from "zod";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { GuardHits, GuardInfo, updateGuard } from "../../contracts/guards.ts";
import type { Principal } from "../auth/principal.ts";
import type { CataloguedGuard } from "../configuration/guard-catalogue.ts";
import type { RuleHits } from "../repositories/rule-hits.ts";
import { readRuleHits } from "../repositories/rule-hits.ts";
import type { SettingsRow } from "../repositories/settings.ts";
import { listSettings } from "../repositories/settings.ts";
import { runtime } from "../runtime.ts";
import { changeSettings } from "./change-settings.ts";

interface OnGuard {
	readonly params: { readonly id: string };
}
interface UpdateInput extends OnGuard {
	readonly body: z.output<typeof updateGuard.body>;
	readonly principal: Principal;
}

const dayMs = 86_400_000;
/** Versions of the settings that are looked through for changes of a guard. */
const historyVersionsMax = 200;
const nothingFound: GuardHits = { found: 0, enforced: 0, wouldHave: 0, falseAlarms: 0 };

export const guardsService = {
	list: async () => {
		const { prisma, configuration } = runtime();
		const hits = await readRuleHits(prisma, new Date(Date.now() - dayMs));
		return {
			version: configuration.settingsVersion(),
			items: configuration.guards.map((guard) => toInfo(guard, hits)),
		};
	},

	/** Throws `resource.not_found`, `request.invalid`, and `resource.conflict` when somebody was faster. */
	update: async ({ params, body, principal }: UpdateInput) => {
		const { prisma, log } = runtime();
		const guard = find(params.id);
		const version = await changeSettings({
			principal,
			version: body.version,
			change: (settings) => ({
				...settings,
				guards: { ...settings.guards, [guard.id]: body.value },
			}),
		});
		log.info("A guard was changed.", { guard: guard.id, by: principal.userId });
		const hits = await readRuleHits(prisma, new Date(Date.now() - dayMs));
		return { version, guard: toInfo(guard, hits) };
	},

	history: async ({ params }: OnGuard) => {
		const guard = find(params.id);
		// One more than is shown: each is compared with the one before it.
		const rows = await listSettings(runtime().prisma, historyVersionsMax + 1);
		return {
			items: rows.slice(0, historyVersionsMax).flatMap((row, index) => {
				const changes = differences(valueIn(rows[index + 1], guard), valueIn(row, guard));
				if (changes.length === 0) return [];
				const { version, changedBy, createdAt } = row;
				return [{ version, changedBy, changedAt: createdAt.toISOString(), changes }];
			}),
		};
	},
};

function find(id: string): CataloguedGuard {
	const guard = runtime().configuration.guards.find((one) => one.id === id);
	if (guard === undefined) {
		throw new GatewayError("resource.not_found", { message: `There is no guard ${id}.` });
	}
	return guard;
}

function toInfo(guard: CataloguedGuard, hits: readonly RuleHits[]): GuardInfo {
	const { id, title, summary, phases, defaultMode, holdBackMax, schema } = guard;
	const { value, policy } = guard.read(runtime().snapshot().settings.guards[id]);
	const own = hits.filter((row) => row.guard === id);
	const hitsOf = (rule: string): GuardHits => {
		const row = own.find((one) => one.rule === rule);
		if (row === undefined) return nothingFound;
		const { found, enforced, wouldHave, falseAlarms } = row;
		return { found, enforced, wouldHave, falseAlarms };
	};
	return {
		...{ id, title, summary, defaultMode, holdBackMax, schema, value },
		phases: [...phases],
		mode: policy.mode,
		hits: own.reduce(sum, nothingFound),
		rules: guard.rules.map((rule) => ({
			...rule,
			mode: policy.rules[rule.id]?.mode ?? null,
			hits: hitsOf(rule.id),
		})),
	};
}

function sum(a: GuardHits, b: GuardHits): GuardHits {
	return {
		found: a.found + b.found,
		enforced: a.enforced + b.enforced,
		wouldHave: a.wouldHave + b.wouldHave,
		falseAlarms: a.falseAlarms + b.falseAlarms,
	};
}

function valueIn(row: SettingsRow | undefined, guard: CataloguedGuard): Record<string, unknown> {
	return guard.read(asObject(asObject(row?.value)["guards"])[guard.id]).value;
}

function differences(before: Record<string, unknown>, after: Record<string, unknown>) {
	const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
	return fields
		.filter((field) => !isDeepStrictEqual(before[field], after[field]))
		.map((field) => ({
			field,
			before: field in before ? JSON.stringify(before[field]) : null,
			after: field in after ? JSON.stringify(after[field]) : null,
		}));
}

function asObject(value: unknown): Record<string, unknown> {
	return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
