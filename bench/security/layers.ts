import type { Settings } from "../../proxy-core/contract/settings.ts";
import { settingsSchema } from "../../proxy-core/contract/settings.ts";
import { guards } from "../../proxy-core/guards/registry.ts";
import { firewall } from "../../proxy-core/stages/firewall.ts";
import { mask } from "../../proxy-core/stages/mask.ts";
import { parse } from "../../proxy-core/stages/parse.ts";
import { shield } from "../../proxy-core/stages/shield.ts";
import { createArrivals, offlineServices } from "../../tools/detector/evaluation.ts";

/** A layer of security alone, or all of them: a request's way through the gateway's own stages. */
export interface Layer {
	readonly name: string;
	/** Microseconds in the stages of security; reading the body's JSON is not counted. */
	readonly run: (body: Uint8Array) => Promise<number>;
}

const requestGuards = guards.filter(({ phases }) => phases.some((phase) => phase === "request"));
const off = { mode: "off" } as const;
const on = { mode: "enforce" } as const;

/** Each layer with its own guards, so that none remembers what another has judged. */
export function createLayers(): readonly Layer[] {
	const only = (name: string, change: Readonly<Record<string, unknown>>): Layer =>
		layerOf(name, settingsWith({ firewall: off, privacy: off, guards: guardsOn([]), ...change }));
	return [
		only("firewall", { firewall: on }),
		...requestGuards.map(({ id }) => only(id, { guards: guardsOn([id]) })),
		only("privacy", { privacy: on }),
		createWholeLayer(),
	];
}

/** Everything switched on. */
export function createWholeLayer(): Layer {
	const ids = guards.map(({ id }) => id);
	return layerOf("all", settingsWith({ firewall: on, privacy: on, guards: guardsOn(ids) }));
}

function guardsOn(ids: readonly string[]): Readonly<Record<string, unknown>> {
	const own = { "prompt-leak": { ...on, plantCanary: true } } as Readonly<Record<string, object>>;
	return Object.fromEntries(
		guards.map(({ id }) => [id, ids.includes(id) ? (own[id] ?? on) : off] as const),
	);
}

/** Texts of any size take the whole way. */
function settingsWith(change: Readonly<Record<string, unknown>>): Settings {
	return settingsSchema.parse({ limits: { textBytesMax: 0 }, ...change });
}

function layerOf(name: string, settings: Settings): Layer {
	const arrive = createArrivals(settings);
	const [judge, hide] = [shield(offlineServices), mask(offlineServices)];
	return {
		name,
		run: async (body) => {
			const read = { ...arrive(), body };
			let us = 0;
			const timed = async <T>(work: () => T | Promise<T>): Promise<T> => {
				const startedAt = performance.now();
				const result = work();
				const value = result instanceof Promise ? await result : result;
				us += (performance.now() - startedAt) * 1000;
				return value;
			};
			await timed(() => firewall.run(read));
			const parsed = { ...read, ...(await parse.run(read)) };
			const shielded = await timed(() => judge.run(parsed));
			await timed(() => hide.run({ ...parsed, ...shielded }));
			return us;
		},
	};
}
