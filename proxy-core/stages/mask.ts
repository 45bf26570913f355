import type { Settings } from "../contract/settings.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { GuardServices } from "../guards/guard-services.ts";
import { valueAt } from "../inspection/value-at.ts";
import type { Masked, Parsed, Received, Shielded } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import type { FoundDatum } from "../privacy/mask-analyzer.ts";
import { placesOf } from "../privacy/mask-places.ts";
import type { PrivacyPolicy } from "../privacy/mask-policy.ts";
import { compilePrivacy } from "../privacy/mask-policy.ts";
import { countsText, recordsOf } from "../privacy/mask-records.ts";
import type { MaskedText, PlacedDatum } from "../privacy/mask-request.ts";
import { digestFor, maskTexts, placeData } from "../privacy/mask-request.ts";
import { createVault } from "../privacy/vault.ts";
import type { JsonEdit } from "../text/json-splice.ts";
import { spliceJson } from "../text/json-splice.ts";
import type { Steps } from "../text/take-turns.ts";
import { takeTurns } from "../text/take-turns.ts";

type Needs = Received & Parsed & Shielded;

/**
 * Personal data leaves the request before anybody outside sees it. The values stay in a vault that is
 * this request's alone; answers are restored from it, for this caller and nobody else.
 */
export function mask(services: GuardServices): Stage<Needs, Masked> {
	const policyOf = createPolicies(services);
	return {
		name: "privacy",
		run: (context) => {
			const { snapshot, request, cleared, view, trace } = context;
			const policy = policyOf(snapshot.settings);
			const vault = createVault();
			const untouched: Masked = { masked: cleared, vault, found: [] };
			if (policy.mode === "off" || !policy.looksAt(view)) return untouched;
			const segments = cleared === request ? request.segments : asCleared(context);
			const places = placesOf(segments, cleared.json, policy.looksInto);
			const notes: string[] = [];
			const found = policy.analyze(
				places.map(({ view: { text }, source, isFormOnly }) => ({ text, source, isFormOnly })),
				{ signal: view.signal, degraded: (note) => notes.push(note) },
			);
			function* conclude(lists: readonly (readonly FoundDatum[])[]): Steps<Masked> {
				const data = yield* placeData(places, lists, policy);
				const all = data.flat();
				const counts = countsText(all);
				yield;
				if (counts !== "") notes.push(counts);
				if (notes.length > 0) trace.note(notes.join(" "));
				decide(context, policy, all);
				yield;
				if (policy.mode === "monitor") return { ...untouched, found: all };
				const digest = digestFor(view.tenant, services);
				const texts = yield* maskTexts(places, data, { vault, digest });
				return { masked: yield* written(cleared, texts), vault, found: all };
			}
			return found instanceof Promise
				? found.then((lists) => takeTurns(conclude(lists)))
				: takeTurns(conclude(found));
		},
	};
}

/** Settings are immutable, so each set of them is compiled once. */
function createPolicies(services: GuardServices): (settings: Settings) => PrivacyPolicy {
	const policies = new WeakMap<Settings["privacy"], PrivacyPolicy>();
	return ({ privacy }) => {
		let policy = policies.get(privacy);
		if (policy === undefined) {
			policy = compilePrivacy(privacy, services);
			policies.set(privacy, policy);
		}
		return policy;
	};
}

/** The texts as the request guards left them. */
function asCleared({ request, cleared }: Readonly<Needs>): Parsed["request"]["segments"] {
	return request.segments.map((segment) => {
		const text = valueAt(cleared.json, segment.path);
		return typeof text === "string" ? { ...segment, text } : segment;
	});
}

/** Records what was found. Throws `guard.blocked`. */
function decide(
	{ trace, requestId }: Readonly<Needs>,
	{ mode }: PrivacyPolicy,
	data: readonly PlacedDatum[],
): void {
	if (data.length === 0) return;
	const isEnforced = mode === "enforce";
	const blocking = isEnforced ? data.find((datum) => datum.action === "block") : undefined;
	const isHidden = isEnforced && data.some((datum) => datum.action !== "flag");
	// Personal data that is only noted says nothing against a request, so it does not mark it either.
	const action = blocking === undefined ? (isHidden ? "redact" : "allow") : "block";
	trace.decided(action, recordsOf(data, isEnforced));
	if (blocking === undefined) return;
	throw new GatewayError("guard.blocked", {
		message: `Blocked by rule ${blocking.type} (incident ${requestId}).`,
		rule: blocking.type,
	});
}

function* written(
	cleared: Shielded["cleared"],
	texts: readonly MaskedText[],
): Steps<Masked["masked"]> {
	if (texts.length === 0) return cleared;
	const edits: JsonEdit[] = [];
	for (const { place, value } of texts) {
		edits.push({ path: place.path, json: JSON.stringify(value) });
		yield;
	}
	const text = spliceJson(cleared.text, edits);
	yield;
	return { text, json: JSON.parse(text) };
}
