import * as z from "zod";
import "./meta.ts";
import type {
	PersonalDataAction,
	PersonalDataType,
	PersonalDataTypeEntry,
} from "./personal-data.ts";
import { personalDataActions, personalDataTypes } from "./personal-data.ts";
import { endpointIds } from "./settled-record.ts";
import { ruleModes } from "./threats.ts";
import { segmentSources } from "./verdict.ts";

const action = z.enum(personalDataActions);
const id = z.string().min(1).max(200);

type ActionFields = Record<PersonalDataType, z.ZodOptional<typeof action>>;

/** One optional field per type: what is left out follows the type's own default. */
const actionFields = Object.fromEntries(
	personalDataTypes.map((type: PersonalDataTypeEntry) => [
		type.id,
		action.optional().meta({
			title: type.id,
			description: `${type.title}. By default: ${type.action}.`,
		}),
	]),
	// `fromEntries` forgets the names that it was given.
) as ActionFields;

/** Where personal data is looked for; an empty list means everywhere. */
const scopeSchema = z.strictObject({
	endpoints: z.array(z.enum(endpointIds)).default([]).meta({ title: "Endpoints" }),
	sources: z
		.array(z.enum(segmentSources))
		.default([])
		.meta({ title: "Places in the conversation" }),
	keyIds: z.array(id).max(1000).default([]).meta({ title: "Keys" }),
	teamIds: z.array(id).max(1000).default([]).meta({ title: "Teams" }),
});

const presidioSchema = z.strictObject({
	url: z.string().trim().max(500).default("").meta({
		title: "Address",
		description:
			"Of a Presidio analyzer, such as http://presidio:3000. Addresses of one's own network need LLMPROXY_EGRESS_ALLOW.",
	}),
	language: z.string().min(2).max(10).default("en").meta({
		title: "Language",
		description: "The analyzer must have a model for it.",
	}),
	scoreThreshold: z.number().min(0).max(1).default(0.5).meta({
		title: "Certain enough",
		description: "Results below this score are left out, from 0 to 1.",
	}),
	timeoutMs: z.int().min(10).max(60_000).default(2000).meta({ title: "Time limit", unit: "ms" }),
	onFailure: z.enum(["closed", "builtin", "open"]).default("closed").meta({
		title: "When it fails",
		description:
			"Refuse the request (closed), use the built-in finder instead (builtin), or go on without it (open).",
	}),
	otherTypes: action.default("mask").meta({
		title: "Other types",
		description:
			"What is done about types that only this analyzer knows, such as its own recognisers.",
	}),
});

/** What is done about personal data in requests; a part of the settings. */
export const privacySettingsSchema = z
	.strictObject({
		mode: z.enum(ruleModes).default("monitor").meta({
			title: "Mode",
			description:
				"Off, only recorded with what would have been done (monitor), or enforced: masked before a provider sees it and restored in the answer.",
		}),
		analyzer: z.enum(["builtin", "presidio", "both"]).default("builtin").meta({
			title: "Analyzer",
			description: "The built-in finder, a Presidio analyzer, or what either of them finds.",
		}),
		actions: z.strictObject(actionFields).prefault({}).meta({ title: "Actions" }),
		countries: z
			.array(z.string().regex(/^[A-Z]{2}$/, "Two capital letters, such as DE"))
			.max(250)
			.default([])
			.meta({
				title: "Countries",
				description:
					"Whose national numbers the built-in finder looks for, as ISO 3166 codes. Empty: all that it knows.",
			}),
		allowed: z.array(z.string().min(1).max(200)).max(1000).default([]).meta({
			title: "Never personal",
			description:
				"Texts that are left alone wherever they are found, such as the company's own address. Compared without regard to case.",
		}),
		scope: scopeSchema.prefault({}).meta({ title: "Scope" }),
		presidio: presidioSchema.prefault({}).meta({ title: "Presidio" }),
	})
	.superRefine(({ mode, analyzer, presidio }, context) => {
		const isNeeded = mode !== "off" && analyzer !== "builtin";
		if (!isNeeded && presidio.url === "") return;
		if (/^https?:\/\/[^\s/]/i.test(presidio.url) && URL.canParse(presidio.url)) return;
		context.addIssue({
			code: "custom",
			path: ["presidio", "url"],
			message: "Write the whole address of the analyzer, with http:// or https://.",
		});
	})
	.prefault({});

export type PrivacySettings = z.infer<typeof privacySettingsSchema>;

const defaults: ReadonlyMap<string, PersonalDataAction> = new Map(
	personalDataTypes.map((type) => [type.id, type.action]),
);

/** What is done about a type; types that only an analyzer from outside knows share one answer. */
export function personalDataActionOf(
	{ actions, presidio }: Pick<PrivacySettings, "actions" | "presidio">,
	type: string,
): PersonalDataAction {
	const set: Readonly<Record<string, PersonalDataAction | undefined>> = actions;
	return set[type] ?? defaults.get(type) ?? presidio.otherTypes;
}
