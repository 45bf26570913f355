import * as z from "zod";
import type { PluginView } from "../../define-plugin.ts";
import { definePlugin } from "../../define-plugin.ts";
import type { Metadata } from "./metadata.ts";
import { listOf, nameOf, pairsOf, parseMetadata, toMetadata } from "./metadata.ts";

/** Labels longer than this are cut; they are for grouping, not for content. */
const labelLengthMax = 128;

/**
 * Reads tags, end user and session from where clients of other gateways put them, so that moving
 * here changes a base URL and nothing else.
 */
export const plugin = definePlugin({
	id: "request-tags",
	title: "Request tags",
	summary: "Reads tags, end user and session from headers, `metadata` and `user`.",
	ring: "ingress",
	isOnByDefault: true,
	config: z.strictObject({
		tagsMax: z
			.int()
			.min(0)
			.max(100)
			.default(20)
			.meta({ title: "Most tags", description: "Further tags of a request are left out." }),
	}),
	create: ({ tagsMax }) => ({
		run: (view) => {
			const sources = sourcesOf(view);
			const tags = tagsOf(view, sources, tagsMax);
			const endUser = endUserOf(view, sources);
			const session = sessionOf(view, sources);
			if (tags.length === 0 && endUser === undefined && session === undefined) {
				return { action: "allow" };
			}
			return {
				action: "allow",
				annotations: {
					tags,
					...(endUser === undefined ? {} : { endUser }),
					...(session === undefined ? {} : { session }),
				},
			};
		},
	}),
});

/** Objects of labels that a request may carry, each read once. */
interface Sources {
	readonly body: Metadata;
	readonly portkey: Metadata;
	readonly cloudflare: Metadata;
	readonly litellm: Metadata;
}

function sourcesOf({ json, header }: PluginView): Sources {
	const body = toMetadata(json["metadata"]);
	// LiteLLM's name of it where `metadata` belongs to the provider, as in Anthropic's dialect.
	const own = json["litellm_metadata"];
	return {
		body: own === undefined ? body : { ...body, ...toMetadata(own) },
		portkey: parseMetadata(header("x-portkey-metadata")),
		cloudflare: parseMetadata(header("cf-aig-metadata")),
		litellm: parseMetadata(header("x-litellm-spend-logs-metadata")),
	};
}

/** Those that the caller lists come first, so that pairs of metadata never push them out. */
function tagsOf(view: PluginView, sources: Sources, tagsMax: number): readonly string[] {
	const { header } = view;
	const { body, portkey, cloudflare, litellm } = sources;
	const tags = new Set<string>();
	const add = (found: readonly string[]): void => {
		for (const text of found) {
			if (tags.size >= tagsMax) return;
			const tag = label(text);
			if (tag !== undefined) tags.add(tag);
		}
	};
	add(listOf(header("x-llmproxy-tags") ?? header("x-litellm-tags")));
	add(listOf(body["tags"]));
	add(pairsOf(litellm, tagsMax));
	add(pairsOf(toMetadata(body["spend_logs_metadata"]), tagsMax));
	add(pairsOf(toMetadata(body["requester_metadata"]), tagsMax));
	add(pairsOf(portkey, tagsMax));
	add(pairsOf(cloudflare, tagsMax));
	add(pairsOf(view.headersStartingWith("helicone-property-"), tagsMax));
	add(
		pairsOf(
			{
				"session-name": header("helicone-session-name"),
				"session-path": header("helicone-session-path"),
			},
			tagsMax,
		),
	);
	return [...tags];
}

function endUserOf({ json, header }: PluginView, { body, portkey, cloudflare }: Sources) {
	return label(
		header("x-litellm-end-user-id") ??
			header("x-litellm-customer-id") ??
			header("helicone-user-id") ??
			nameOf(portkey["_user"]) ??
			nameOf(cloudflare["user"]) ??
			nameOf(json["user"]) ??
			nameOf(json["safety_identifier"]) ??
			// Anthropic's callers name the end user in `metadata`.
			nameOf(body["user_id"]) ??
			nameOf(body["trace_user_id"]),
	);
}

function sessionOf({ json, header }: PluginView, { body }: Sources): string | undefined {
	return label(
		header("x-llmproxy-session") ??
			header("x-litellm-session-id") ??
			header("x-litellm-trace-id") ??
			header("helicone-session-id") ??
			header("x-portkey-trace-id") ??
			nameOf(json["litellm_session_id"]) ??
			nameOf(body["session_id"]) ??
			nameOf(body["trace_id"]),
	);
}

function label(text: string | undefined): string | undefined {
	const trimmed = text?.trim().slice(0, labelLengthMax);
	return trimmed === "" ? undefined : trimmed;
}
