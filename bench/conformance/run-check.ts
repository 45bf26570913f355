import type { Check } from "./define-check.ts";
import type { Wire } from "./wires.ts";
import type { World } from "./world.ts";

/** `refused`: the wire cannot express it, and the client was told so. `absent`: nothing to ask of this wire. */
export type Outcome = "pass" | "refused" | "absent" | { readonly failure: string };

export const checkTimeoutMs = 60_000;

/** Runs one check on one wire; never rejects. */
export async function attempt(check: Check, world: World): Promise<Outcome> {
	if (!check.wires.includes(world.wire)) return "absent";
	const timeout = Promise.withResolvers<never>();
	const timer = setTimeout(() => timeout.reject(new Error("took too long")), checkTimeoutMs);
	try {
		return await Promise.race([fulfil(check, world), timeout.promise]);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		return { failure: message.split("\n").slice(0, 8).join("\n    ") };
	} finally {
		clearTimeout(timer);
	}
}

async function fulfil({ run, refusedBy }: Check, world: World): Promise<Outcome> {
	if (!isRefused(refusedBy, world.wire)) {
		await run(world);
		return "pass";
	}
	const thrown = await run(world).then(
		() => undefined,
		(reason: unknown) => reason,
	);
	if (thrown === undefined) throw new Error("the wire cannot express this, and nobody was told");
	if (statusOf(thrown) !== 400) throw thrown;
	if (!mentions(thrown, "unsupported_by_target")) throw thrown;
	return "refused";
}

function isRefused(refusedBy: readonly Wire[], wire: Wire): boolean {
	return refusedBy.includes(wire);
}

/** The SDKs call it `status`, the AI SDK `statusCode`; some wrap it in a cause. */
function statusOf(error: unknown): number | undefined {
	if (typeof error !== "object" || error === null) return undefined;
	const { status, statusCode, cause } = error as Record<string, unknown>;
	const own = status ?? statusCode;
	return typeof own === "number" ? own : statusOf(cause);
}

/** Google's SDK has the body in its message. */
function mentions(error: unknown, code: string): boolean {
	const { error: body, responseBody, message, code: own } = error as Record<string, unknown>;
	return own === code || JSON.stringify([body, responseBody, message]).includes(code);
}
