import * as z from "zod";
import { ownSignatureSchema } from "../../../proxy-core/contract/firewall-settings.ts";
import type { putSignatures, SignatureInfo, trySignatures } from "../../contracts/signatures.ts";
import type { Principal } from "../auth/principal.ts";
import { readRuleHits } from "../repositories/rule-hits.ts";
import { runtime } from "../runtime.ts";
import { changeSettings } from "./change-settings.ts";

interface PutInput {
	readonly body: z.output<typeof putSignatures.body>;
	readonly principal: Principal;
}
interface TryInput {
	readonly body: z.output<typeof trySignatures.body>;
}

const dayMs = 86_400_000;
const guard = "firewall";
/** Nobody: exceptions for keys and teams do not hold in a try. */
const subject = { endpoint: "chat.completions", keyId: undefined, teamId: null } as const;

export const signaturesService = {
	list: async () => overviewOf(runtime().configuration.settingsVersion()),

	/** Throws `request.invalid`, and `resource.conflict` when somebody was faster. */
	put: async ({ body, principal }: PutInput) => {
		const version = await changeSettings({
			principal,
			version: body.version,
			change: (settings) => ({ ...settings, firewall: body.value }),
		});
		runtime().log.info("The signatures were changed.", { by: principal.userId, version });
		return overviewOf(version);
	},

	/** Searches with pauses, so that long texts do not hold up requests. */
	try: async ({ body }: TryInput) => {
		const { firewall: inForce } = runtime().snapshot();
		const firewall = body.own === undefined ? inForce : await inForce.withOwn(body.own);
		const items = [];
		for (const text of body.texts) {
			const begun = performance.now();
			const result = await firewall.search(text);
			const durationUs = Math.round((performance.now() - begun) * 1000);
			const hits = result.hits.map(({ signature, start, end, disguises }) => ({
				id: signature.id,
				title: signature.title,
				category: signature.category,
				severity: firewall.severityOf(signature),
				mode: firewall.modeOf({ signature, isDisguised: disguises.length > 0 }, subject),
				start,
				end,
				disguises: [...disguises],
			}));
			items.push({ action: actionOf(hits), hits, durationUs });
		}
		return { items };
	},
};

function actionOf(hits: readonly { readonly mode: string }[]): "allow" | "flag" | "block" {
	if (hits.some(({ mode }) => mode === "enforce")) return "block";
	return hits.some(({ mode }) => mode === "monitor") ? "flag" : "allow";
}

async function overviewOf(version: number) {
	const { prisma, snapshot } = runtime();
	const { firewall, settings } = snapshot();
	const value = settings.firewall;
	const found = await readRuleHits(prisma, new Date(Date.now() - dayMs));
	const byRule = new Map(found.filter((row) => row.guard === guard).map((row) => [row.rule, row]));
	const own = new Set(value.own.map(({ id }) => id));
	const items = firewall.matcher.signatures.map((signature): SignatureInfo => {
		const row = byRule.get(signature.id);
		const { id, title, category, literals, sources, endpoints, mode } = signature;
		return {
			id,
			title,
			category,
			severity: firewall.severityOf(signature),
			literals: [...literals],
			sources: [...sources],
			endpoints: [...endpoints],
			isOwn: own.has(id),
			ownMode: mode,
			disguisedMode: signature.disguisedMode ?? mode,
			mode: value.rules[id]?.mode ?? null,
			hits: {
				found: row?.found ?? 0,
				enforced: row?.enforced ?? 0,
				wouldHave: row?.wouldHave ?? 0,
				falseAlarms: row?.falseAlarms ?? 0,
			},
		};
	});
	const ownSchema: Record<string, unknown> = z.toJSONSchema(ownSignatureSchema, { io: "input" });
	return { version, shippedVersion: firewall.shippedVersion, value, ownSchema, items };
}
