import type { Provider } from "../../lib/contracts/providers.ts";

/** What a person may change, and why not the rest. */
export interface ProviderRules {
	/** Connection settings and title. */
	readonly mayEditSettings: boolean;
	/** Models, and whether it is switched on. */
	readonly mayEditModels: boolean;
	readonly mayRemove: boolean;
	/** A sentence for the page; undefined when nothing is withheld. */
	readonly because: string | undefined;
	readonly removeBecause: string | undefined;
}

interface Permissions {
	readonly mayWrite: boolean;
	readonly mayDelete: boolean;
}

export function rulesFor(
	{ origin }: Pick<Provider, "origin">,
	{ mayWrite, mayDelete }: Permissions,
): ProviderRules {
	return {
		mayEditSettings: mayWrite && origin !== "environment",
		mayEditModels: mayWrite,
		mayRemove: mayDelete && origin === "console",
		because: becauseOf(origin, mayWrite),
		removeBecause: removeBecauseOf(origin, mayDelete),
	};
}

function becauseOf(origin: Provider["origin"], mayWrite: boolean): string | undefined {
	if (!mayWrite) return "Your role may look at providers; an operator changes them.";
	if (origin === "environment") {
		return "Its address and credentials come from the environment and are changed there. Models can be changed here, and it can be switched off.";
	}
	return undefined;
}

function removeBecauseOf(origin: Provider["origin"], mayDelete: boolean): string | undefined {
	if (origin === "environment")
		return "It comes from the environment: remove it there, or switch it off.";
	if (origin === "built-in") return "It is built in: switch it off instead.";
	return mayDelete ? undefined : "Only an administrator removes providers.";
}

/** The first free name: the kind's own, then `openai-2`, `openai-3` … */
export function freeId(kind: string, taken: ReadonlySet<string>): string {
	const base = kind.slice(0, 36);
	const candidates = Array.from({ length: taken.size + 1 }, (_, index) =>
		index === 0 ? base : `${base}-${index + 1}`,
	);
	return candidates.find((id) => !taken.has(id)) ?? base;
}
