import type { PrivacySettings } from "../contract/privacy-settings.ts";
import type { SegmentSource } from "../contract/verdict.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { GuardServices } from "../guards/guard-services.ts";
import { takeTurns } from "../text/take-turns.ts";
import { placesOf } from "./mask-places.ts";
import { compilePrivacy } from "./mask-policy.ts";
import type { PlacedDatum } from "./mask-request.ts";
import { digestFor, maskTexts, placeData } from "./mask-request.ts";
import { askPresidio } from "./presidio-analyzer.ts";
import { createVault } from "./vault.ts";

export interface MaskTrial {
	/** As a provider would have got it, were the settings enforced. */
	readonly masked: string;
	readonly found: readonly Pick<PlacedDatum, "type" | "action" | "start" | "end" | "score">[];
	/** Why an analyzer was left out; null when none was. */
	readonly degraded: string | null;
	/** Microseconds. */
	readonly durationUs: number;
}

interface TrialInput {
	readonly text: string;
	readonly source: SegmentSource;
	readonly settings: PrivacySettings;
	readonly signal: AbortSignal;
}

export interface PresidioCheck {
	readonly works: boolean;
	/** What to do about it, or what was found. */
	readonly message: string;
	readonly latencyMs: number;
	/** What the analyzer recognises in this language; empty when it does not say. */
	readonly entities: readonly string[];
}

/** For people who set the privacy settings: tries them out, and asks analyzers whether they are there. */
export interface PrivacyDesk {
	/** Throws `guard.failed` when the analyzer does and the settings say so. */
	readonly tryOut: (input: TrialInput) => Promise<MaskTrial>;
	readonly checkPresidio: (
		settings: PrivacySettings["presidio"],
		signal: AbortSignal,
	) => Promise<PresidioCheck>;
}

/** Nobody's data: no caller's digests are the same. */
const tenant = "console";

export function createPrivacyDesk(services: GuardServices): PrivacyDesk {
	return {
		tryOut: async ({ text, source, settings, signal }) => {
			const policy = compilePrivacy(settings, services);
			const notes: string[] = [];
			const startedAt = performance.now();
			const segment = { source, text, path: ["messages", 0, "content"] };
			const places = placesOf([segment], { messages: [{ content: text }] }, () => true);
			const asked = places.map(({ view, isFormOnly }) => ({ text: view.text, source, isFormOnly }));
			const found = await policy.analyze(asked, {
				signal,
				degraded: (note) => notes.push(note),
			});
			const data = await takeTurns(placeData(places, found, policy));
			const digest = digestFor(tenant, services);
			const [masked] = await takeTurns(maskTexts(places, data, { vault: createVault(), digest }));
			return {
				masked: masked?.value ?? text,
				found: data
					.flat()
					.map(({ type, action, start, end, score }) => ({ type, action, start, end, score })),
				degraded: notes[0] ?? null,
				durationUs: Math.round((performance.now() - startedAt) * 1000),
			};
		},
		checkPresidio: async (settings, signal) => {
			const startedAt = performance.now();
			const { fetch } = services;
			try {
				const text = "My name is Ann Lee and my phone number is 212-555-0187.";
				const found = await askPresidio({ text, settings, fetch, signal });
				const latencyMs = Math.round(performance.now() - startedAt);
				const entities = await entitiesOf(settings, services, signal);
				const types = [...new Set(found.map(({ type }) => type))].join(", ");
				const message = types === "" ? "It answers, but found nothing." : `It found ${types}.`;
				return { works: true, message, latencyMs, entities };
			} catch (error) {
				const latencyMs = Math.round(performance.now() - startedAt);
				return { works: false, message: reasonOf(error), latencyMs, entities: [] };
			}
		},
	};
}

async function entitiesOf(
	{ url, language, timeoutMs }: PrivacySettings["presidio"],
	{ fetch }: GuardServices,
	signal: AbortSignal,
): Promise<readonly string[]> {
	const address = `${url.replace(/\/+$/, "")}/supportedentities?language=${encodeURIComponent(language)}`;
	const answer = await fetch({ url: address, timeoutMs, bodyBytesMax: 262_144, signal });
	if (answer.status !== 200) return [];
	const list: unknown = JSON.parse(answer.body);
	const names = Array.isArray(list) ? list.filter((name) => typeof name === "string") : [];
	return names.toSorted();
}

function reasonOf(error: unknown): string {
	if (!GatewayError.is(error)) return "The analyzer did not answer as Presidio does.";
	const { cause } = error;
	return error.code === "guard.failed" && cause instanceof Error ? cause.message : error.message;
}
