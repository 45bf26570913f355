import { createHmac } from "node:crypto";
import type {
	AnswerInspector,
	AnyGuard,
	CompiledGuard,
	GuardPhase,
	Inspector,
	RequestView,
} from "../guards/define-guard.ts";
import type { GuardPolicy } from "../guards/guard-policy.ts";
import { guardControl } from "../guards/guard-policy.ts";
import type { GuardServices } from "../guards/guard-services.ts";
import type { OpenGuard } from "../guards/run-guards.ts";
import { openAnswer } from "../guards/run-guards.ts";

/** Services that reach nothing; whoever needs one hands its own in. */
export const idleServices: GuardServices = {
	fetch: () => Promise.reject(new Error("No network in this test.")),
	askModel: () => Promise.reject(new Error("No model in this test.")),
	keyedDigest: (purpose, tenant, text) =>
		createHmac("sha256", "test")
			.update(JSON.stringify([purpose, tenant, text]))
			.digest("hex"),
	now: () => Date.now(),
};

/** A request as guards see it; a conversation of the team `blue` unless told otherwise. */
export function testView(overrides: Partial<RequestView> = {}): RequestView {
	return {
		requestId: "req_test",
		endpoint: "chat.completions",
		model: "test/test-model",
		keyId: "key",
		teamId: "blue",
		tenant: "team:blue",
		segments: [],
		header: () => undefined,
		signal: new AbortController().signal,
		services: idleServices,
		...overrides,
	};
}

interface Compiled {
	readonly id?: string;
	readonly inspector: Inspector;
	readonly holdBackMax?: number;
	readonly policy?: Partial<GuardPolicy>;
}

/** An inspector of a test as the snapshot would hold it, enforced. */
export function compiledGuard({
	id = "test",
	inspector,
	holdBackMax = 64,
	policy,
}: Compiled): CompiledGuard {
	const phases: GuardPhase[] = [];
	if (inspector.inspectRequest !== undefined) phases.push("request");
	if (inspector.openAnswer !== undefined) phases.push("answer");
	return {
		id,
		phases,
		holdBackMax,
		rules: new Map(),
		policy: { ...guardControl.parse({}), mode: "enforce", ...policy },
		inspector,
	};
}

/** A guard of the registry with a configuration, as the snapshot would hold it, enforced. */
export function configuredGuard(
	guard: AnyGuard,
	config: Readonly<Record<string, unknown>> = {},
): CompiledGuard {
	return {
		...compiledGuard({
			id: guard.id,
			// The schema vouches for the config, as in the registry.
			inspector: guard.create(guard.config.parse(config) as never),
			holdBackMax: guard.holdBackMax,
		}),
		rules: new Map(guard.rules.map((rule) => [rule.id, rule])),
	};
}

/** An inspector for answers that remembers nothing, opened for one. */
export function openedGuard(inspector: AnswerInspector, holdBackMax = 64): OpenGuard {
	return {
		guard: compiledGuard({ inspector: { openAnswer: () => inspector }, holdBackMax }),
		inspector,
	};
}

/** Opens guards for one answer. */
export function openedFor(
	view: RequestView,
	...guards: readonly CompiledGuard[]
): readonly OpenGuard[] {
	return openAnswer(guards, view);
}
