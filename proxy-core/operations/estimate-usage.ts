import type { Usage } from "../contract/chat.ts";
import type { EndpointId } from "../contract/settled-record.ts";
import type { RequestFacts } from "../pipeline/context.ts";
import type { RequestBounds } from "../pricing/worst-cost.ts";
import type { Rates } from "../snapshot.ts";
import { estimateTokens } from "../text/estimate-tokens.ts";

type UnitBounds = Pick<
	RequestBounds,
	"imagesMax" | "imageVariant" | "audioMsMax" | "charactersMax" | "searchesMax"
>;

/**
 * The pieces that a request can be charged for, as `worstCostMicroUsd` wants them. Searches count only
 * where they are sold: rerankers that are paid by the token report no searches.
 */
export function unitBounds({ units = {} }: Pick<RequestFacts, "units">, rates: Rates): UnitBounds {
	const { images, imageVariant, audioMs, characters, searches } = units;
	return {
		...(images !== undefined && { imagesMax: images }),
		...(imageVariant !== undefined && { imageVariant }),
		...(audioMs !== undefined && { audioMsMax: audioMs }),
		...(characters !== undefined && { charactersMax: characters }),
		...(searches !== undefined &&
			rates.searchesMicroUsd !== undefined && { searchesMax: searches }),
	};
}

/** All tokens that go in, at most: those of the texts and those of sound, images and token arrays. */
export function inputTokensOf({
	segments,
	units,
}: Pick<RequestFacts, "segments" | "units">): number {
	let tokens = units?.inputTokens ?? 0;
	for (const { text } of segments) tokens += estimateTokens(text);
	return tokens;
}

/**
 * What an operation used when its provider does not say: of speech and transcripts about half of what
 * they could be at most, of images that are paid by the token all of it.
 */
export function estimatedUsage(
	endpoint: EndpointId,
	request: RequestFacts,
	rates: Rates | undefined,
): Usage {
	const { units = {}, outputTokensMax = 0 } = request;
	const { inputTokens: foreign = 0, searches, ...pieces } = units;
	const { characters } = pieces;
	// Sold by the character, which is counted exactly.
	if (characters !== undefined && rates?.charactersMicroUsd !== undefined) {
		return { inputTokens: 0, outputTokens: 0, characters, estimated: false };
	}
	const spoken = endpoint.startsWith("audio.") ? Math.ceil(outputTokensMax / 2) : 0;
	// Who hangs up just before the last event has had the image made all the same.
	const drawn = endpoint.startsWith("images.") && !sellsImages(rates) ? outputTokensMax : 0;
	return {
		inputTokens: inputTokensOf(request),
		outputTokens: spoken + drawn,
		...(drawn > 0 && { outputImageTokens: drawn }),
		...(endpoint === "audio.speech" && { outputAudioTokens: spoken }),
		...(pieces.audioMs !== undefined && { inputAudioTokens: foreign }),
		...(endpoint === "images.edits" && { inputImageTokens: foreign }),
		...pieces,
		...(searches !== undefined && rates?.searchesMicroUsd !== undefined && { searches }),
		estimated: true,
	};
}

function sellsImages(rates: Rates | undefined): boolean {
	return rates?.imageMicroUsd !== undefined || rates?.imageVariants !== undefined;
}
