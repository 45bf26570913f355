import type {
	Modality,
	ModelCapability,
	ModelPurpose,
} from "../../proxy-core/contract/model-traits.ts";

/** Rates as vendors print them: US dollars per million tokens or as `price-data.ts` says. */
export interface EntryRates {
	input?: number;
	output?: number;
	cachedInput?: number;
	cacheWrite?: number;
	longCacheWrite?: number;
	reasoning?: number;
	inputAudio?: number;
	outputAudio?: number;
	inputImage?: number;
	outputImage?: number;
}

export interface EntryPrice extends EntryRates {
	image?: number;
	images?: Record<string, number>;
	audioMinute?: number;
	characters?: number;
	searches?: number;
	request?: number;
	above?: EntryRates & { inputTokens: number };
}

export interface EntryTraits {
	purpose: ModelPurpose;
	context?: number;
	output?: number;
	inputs?: Modality[];
	outputs?: Modality[];
	capabilities: ModelCapability[];
	retires?: string;
}

/** What one source says of one model. */
export interface Entry {
	readonly kind: string;
	readonly model: string;
	readonly price?: EntryPrice;
	readonly traits?: EntryTraits;
}

/** Sources multiply and divide by a million; ten digits get rid of what that leaves behind. */
export function tidy(value: number): number {
	return Number(value.toPrecision(10));
}

/** Leaves out what is not known, so that absent and undefined are the same in the file. */
export function known<Value extends object>(value: Value): Value {
	const entries = Object.entries(value).filter(([, part]) => part !== undefined);
	return Object.fromEntries(entries) as Value;
}
