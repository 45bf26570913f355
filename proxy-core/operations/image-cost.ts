import type { RequestUnits } from "../pipeline/context.ts";
import type { Json } from "./define-operation.ts";
import { countOf, invalid } from "./read-fields.ts";

/**
 * Output tokens of one image of 1024 × 1536 points, the most that OpenAI names for each quality. The
 * two highest have no published figure; theirs is a bound.
 */
const tokensByQuality: Readonly<Record<string, number>> = {
	low: 408,
	medium: 1584,
	high: 6240,
	xhigh: 16_384,
	max: 16_384,
};
const usualPoints = 1024 * 1536;
/** Of a preview while an image is made. */
const tokensPerPreview = 100;
/** Of one image that is to be edited, in the finest reading. */
export const inputTokensPerImage = 6500;

interface ImageBounds {
	readonly units: RequestUnits;
	readonly outputTokensMax: number;
}

/** How many images of which kind a request asks for, and the most tokens they can be. */
export function imageBounds(json: Json): ImageBounds {
	const images = countOf(json, "n") ?? 1;
	const size = choiceOf(json, "size");
	const quality = choiceOf(json, "quality");
	const frames = countOf(json, "frame_count") ?? 1;
	const previews = Number(json["partial_images"] ?? 0);
	const perImage = Math.ceil((tokensByQuality[quality ?? "high"] ?? 6240) * areaFactor(size));
	const perPreview =
		Number.isSafeInteger(previews) && previews > 0 ? previews * tokensPerPreview : 0;
	return {
		units: {
			images: images * frames,
			...(size !== undefined && {
				imageVariant: quality === undefined ? size : `${quality}/${size}`,
			}),
		},
		outputTokensMax: images * (perImage * frames + perPreview),
	};
}

/** Undefined when the provider is to choose. */
function choiceOf(json: Json, name: string): string | undefined {
	const value = json[name];
	if (value === undefined || value === null || value === "" || value === "auto") return undefined;
	if (typeof value !== "string") throw invalid(name, "a string");
	return value;
}

/** Larger images take more tokens; smaller ones are not assumed to take fewer. */
function areaFactor(size: string | undefined): number {
	const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(size ?? "") ?? [];
	if (width === undefined || height === undefined) return 1;
	return Math.max(1, (Number(width) * Number(height)) / usualPoints);
}
