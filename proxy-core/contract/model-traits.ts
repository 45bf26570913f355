/** What a model is for. */
export const modelPurposes = [
	"chat",
	"completion",
	"embedding",
	"image",
	"speech",
	"transcription",
	"rerank",
	"moderation",
] as const;
export type ModelPurpose = (typeof modelPurposes)[number];

export const modelCapabilities = [
	"tools",
	"vision",
	"audio",
	"json-schema",
	"reasoning",
	"prompt-caching",
] as const;
export type ModelCapability = (typeof modelCapabilities)[number];

export const modalities = ["text", "image", "audio", "video", "file"] as const;
/** What goes into a model or comes out of it. */
export type Modality = (typeof modalities)[number];

/** What the catalogue knows of a model beside its price. An absent number is unknown, not unlimited. */
export interface ModelTraits {
	readonly purpose: ModelPurpose;
	/** Tokens that it takes in; some vendors count question and answer together. */
	readonly contextTokens?: number;
	readonly outputTokensMax?: number;
	/** Absent: no source says. */
	readonly inputs?: readonly Modality[];
	readonly outputs?: readonly Modality[];
	readonly capabilities: readonly ModelCapability[];
	/** ISO date on which the vendor stops or stopped serving it. */
	readonly retiresOn?: string;
}
