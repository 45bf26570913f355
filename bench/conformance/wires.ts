/** What upstreams speak. Every caller's dialect is tried against each of them. */
export const wires = ["openai", "anthropic", "gemini", "cohere", "bedrock", "ollama"] as const;
export type Wire = (typeof wires)[number];

/** Those on which no dialect of OpenAI's is forwarded as sent. */
export const translated: readonly Wire[] = wires.filter((wire) => wire !== "openai");

interface Upstream {
	/** The name under which the gateway registers it. */
	readonly provider: string;
	/** What comes after the mock's address. */
	readonly path: string;
	readonly model: string;
}

export const upstreams: Readonly<Record<Wire, Upstream>> = {
	openai: { provider: "openai", path: "/v1", model: "gpt-5" },
	anthropic: { provider: "anthropic", path: "", model: "claude-sonnet-4-5" },
	gemini: { provider: "gemini", path: "/v1beta", model: "gemini-2.5-pro" },
	cohere: { provider: "cohere", path: "", model: "command-a-reasoning-08-2025" },
	bedrock: { provider: "bedrock", path: "", model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0" },
	// `ollama` itself is the server that the gateway looks for on this machine.
	ollama: { provider: "local-ollama", path: "/ollama", model: "qwen3" },
};

/** What models can be made for: the mocks let them fail in one way, whatever they are asked. */
export const faults = ["down", "garbled", "late"] as const;
export type Fault = (typeof faults)[number];

/** Each kind of caller has failing models of its own, so that none finds them out of service already. */
export const callers = ["chat", "responses", "completions", "messages", "google"] as const;
export type Caller = (typeof callers)[number];

const faultyModels = faults.flatMap((fault) => callers.map((caller) => faultyModel(fault, caller)));

export function faultyModel(fault: Fault, caller: Caller): string {
	return `${fault}-for-${caller}`;
}

/**
 * Models that checks with faults use up: one that failed too often is taken out of service, which is
 * right and would disturb the checks after it.
 */
const brittleModels = 80;

export function brittleModel(wire: Wire, index: number): string {
	if (index >= brittleModels) throw new Error("There are not enough models that may fail.");
	return `${upstreams[wire].provider}/brittle-${index}`;
}

/** A route whose first target has the fault and whose second is well. */
export function healingRoute(wire: Wire, fault: Fault, caller: Caller): string {
	return `${upstreams[wire].provider}-heals-${faultyModel(fault, caller)}`;
}

/** The variables that register one provider for each wire, each at an address of its own. */
export function providerVariables(
	urls: Readonly<Record<Wire, string>>,
	key: string,
): Readonly<Record<string, string>> {
	return Object.fromEntries(
		wires.flatMap((wire) => {
			const { provider, path, model } = upstreams[wire];
			const prefix = `LLMPROXY_ENDPOINT_${provider.toUpperCase().replaceAll("-", "_")}`;
			const brittle = Array.from({ length: brittleModels }, (_, index) => `brittle-${index}`);
			return [
				[`${prefix}_URL`, urls[wire] + path],
				[`${prefix}_PROVIDER`, wire],
				[`${prefix}_KEY`, key],
				[`${prefix}_MODELS`, [model, ...faultyModels, ...brittle].join(",")],
			];
		}),
	);
}

/** Makes the same thing for every wire, at once. */
export async function forEveryWire<T>(
	make: (wire: Wire) => Promise<T>,
): Promise<Readonly<Record<Wire, T>>> {
	const made = await Promise.all(wires.map(async (wire) => [wire, await make(wire)] as const));
	// `fromEntries` forgets the names, which are exactly those of the list.
	return Object.fromEntries(made) as Record<Wire, T>;
}
