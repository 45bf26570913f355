import type { Key } from "../../lib/contracts/keys.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import type { EndpointId } from "../../proxy-core/contract/settled-record.ts";

/** What each endpoint is, for people; the path as SDKs call it. */
export const endpointWords: Readonly<
	Record<EndpointId, { readonly label: string; readonly path: string }>
> = {
	"chat.completions": { label: "Chat", path: "/v1/chat/completions" },
	completions: { label: "Completions", path: "/v1/completions" },
	responses: { label: "Responses", path: "/v1/responses" },
	messages: { label: "Messages", path: "/v1/messages" },
	"messages.count_tokens": { label: "Count tokens", path: "/v1/messages/count_tokens" },
	embeddings: { label: "Embeddings", path: "/v1/embeddings" },
	moderations: { label: "Moderations", path: "/v1/moderations" },
	"images.generations": { label: "Images", path: "/v1/images/generations" },
	"images.edits": { label: "Image edits", path: "/v1/images/edits" },
	"audio.speech": { label: "Speech", path: "/v1/audio/speech" },
	"audio.transcriptions": { label: "Transcriptions", path: "/v1/audio/transcriptions" },
	"audio.translations": { label: "Translations", path: "/v1/audio/translations" },
	rerank: { label: "Rerank", path: "/v1/rerank" },
	models: { label: "Models", path: "/v1/models" },
	metrics: { label: "Metrics", path: "/metrics" },
};

export function limitInWords(requestsPerMinute: number | null): string {
	if (requestsPerMinute === null) return "default";
	return requestsPerMinute === 0 ? "no limit" : `${formatCount(requestsPerMinute)} / min`;
}

/** How its token starts. Tokens of the environment have forms of their own. */
export function prefixInWords(key: Key): string {
	return key.origin === "environment" ? "from the environment" : `${key.prefix}…`;
}

/** Why a key cannot be changed here; undefined when it can. */
export function fixedBecause(key: Key): string | undefined {
	if (key.origin === "environment") {
		return "Set in the environment. Change LLMPROXY_API_KEYS and restart to alter or remove it.";
	}
	if (key.status === "revoked") return "Revoked for good. Create a new key instead.";
	return undefined;
}

export interface KeyFilter {
	readonly status: Key["status"] | "all";
	/** Only keys of this person. */
	readonly ownerId: string | undefined;
	/** Part of a name, a prefix, an owner's or a team's name. */
	readonly search: string;
}

export function filterKeys(keys: readonly Key[], filter: KeyFilter): readonly Key[] {
	const search = filter.search.trim().toLowerCase();
	return keys.filter((key) => {
		if (filter.status !== "all" && key.status !== filter.status) return false;
		if (filter.ownerId !== undefined && key.owner?.id !== filter.ownerId) return false;
		const texts = [key.name, key.prefix, key.owner?.name ?? "", key.team?.name ?? ""];
		return texts.some((text) => text.toLowerCase().includes(search));
	});
}
