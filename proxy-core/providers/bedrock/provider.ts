import * as z from "zod";
import { defineProvider } from "../define-provider.ts";
import { apiKeyField, baseUrlField } from "../shared/settings-fields.ts";
import type { BedrockAccess } from "./connect.ts";
import { bedrockConnector } from "./connect.ts";

function secret(title: string, description: string) {
	return apiKeyField.optional().meta({ title, description, ui: { control: "secret" } });
}

const settings = z
	.strictObject({
		region: z
			.string()
			.trim()
			.regex(/^[a-z]{2}(-[a-z]{2,16}){1,3}-\d{1,2}$/, "Must be a region such as us-east-1.")
			.default("us-east-1")
			.meta({ title: "Region", description: "Where requests are sent, such as us-east-1." }),
		apiKey: secret("Bedrock API key", "Instead of the access key below."),
		accessKeyId: secret("Access key ID", "Of an IAM user or role that may invoke models."),
		secretAccessKey: secret("Secret access key", "Belongs to the access key ID."),
		sessionToken: secret("Session token", "Only for temporary credentials."),
		baseUrl: baseUrlField.optional().meta({
			title: "Base URL",
			description: "Only for a private endpoint or a proxy; it also has to list the models.",
		}),
	})
	.refine(
		({ apiKey, accessKeyId, secretAccessKey }) =>
			apiKey !== undefined || (accessKeyId !== undefined && secretAccessKey !== undefined),
		{ path: ["apiKey"], error: "Give an API key, or an access key ID with its secret." },
	);

function accessOf(given: z.infer<typeof settings>): BedrockAccess {
	const { apiKey, accessKeyId = "", secretAccessKey = "", sessionToken } = given;
	if (apiKey !== undefined) return { apiKey };
	return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}

export const provider = defineProvider({
	id: "bedrock",
	title: "AWS Bedrock",
	credentialsUrl: "https://console.aws.amazon.com/bedrock/home#/api-keys",
	settings,
	suggestedModels: [
		"us.anthropic.claude-sonnet-4-5-20250929-v1:0",
		"us.amazon.nova-pro-v1:0",
		"openai.gpt-oss-120b-1:0",
	],
	connect: (given) =>
		bedrockConnector({
			region: given.region,
			access: accessOf(given),
			baseUrl: given.baseUrl,
			now: Date.now,
		}),
});
