import * as z from "zod";
import type { PluginView } from "../../define-plugin.ts";
import { definePlugin } from "../../define-plugin.ts";

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
			const tags = tagsOf(view).slice(0, tagsMax);
			const endUser = endUserOf(view);
			const session = sessionOf(view);
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

function tagsOf(view: PluginView): readonly string[] {
	const listed = view.header("x-llmproxy-tags") ?? view.header("x-litellm-tags") ?? "";
	const fromBody = metadataOf(view)?.["tags"];
	const named = Array.isArray(fromBody) ? fromBody.filter((tag) => typeof tag === "string") : [];
	const tags = [...listed.split(","), ...named].map(label).filter((tag) => tag !== undefined);
	return [...new Set(tags)];
}

function endUserOf(view: PluginView): string | undefined {
	const user = view.json["user"];
	return label(
		view.header("x-litellm-end-user-id") ??
			view.header("x-litellm-customer-id") ??
			view.header("helicone-user-id") ??
			(typeof user === "string" ? user : undefined),
	);
}

function sessionOf(view: PluginView): string | undefined {
	const metadata = metadataOf(view)?.["session_id"];
	return label(
		view.header("x-llmproxy-session") ??
			view.header("helicone-session-id") ??
			view.header("x-portkey-trace-id") ??
			(typeof metadata === "string" ? metadata : undefined),
	);
}

function metadataOf({ json }: PluginView): Readonly<Record<string, unknown>> | undefined {
	const metadata = json["metadata"];
	return typeof metadata === "object" && metadata !== null
		? (metadata as Record<string, unknown>)
		: undefined;
}

function label(text: string | undefined): string | undefined {
	const trimmed = text?.trim().slice(0, labelLengthMax);
	return trimmed === "" ? undefined : trimmed;
}
