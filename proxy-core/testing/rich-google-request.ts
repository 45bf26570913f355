import type { Json, Say } from "./rich-parts.ts";
import { png, schemaOf } from "./rich-parts.ts";

/** A body of Google's API with every kind of part, tool and option; its model stands in the path. */
export const richGoogleRequest = {
	dialect: "gemini",
	body: (say: Say): Json => ({
		systemInstruction: { role: "system", parts: [{ text: say() }] },
		contents: [
			{
				role: "user",
				parts: [
					{ text: say() },
					{ inlineData: { mimeType: "image/png", data: png } },
					{ fileData: { mimeType: "application/pdf", fileUri: "https://files.example/1" } },
					{ ofTomorrow: { words: [{ said: say() }] } },
				],
			},
			{
				role: "model",
				parts: [
					{ text: say(), thought: true, thoughtSignature: "c2ln" },
					{ functionCall: { id: "c1", name: "note", args: { type: say(), list: [say()] } } },
					{ executableCode: { language: "PYTHON", code: say() } },
					{ codeExecutionResult: { outcome: "OUTCOME_OK", output: say() } },
				],
			},
			{
				role: "user",
				parts: [
					{
						functionResponse: { id: "c1", name: "note", response: { id: say(), deep: [[say()]] } },
					},
				],
			},
		],
		tools: [
			{
				functionDeclarations: [
					{ name: "note", description: say(), parametersJsonSchema: schemaOf(say) },
					{ name: "other", description: say(), parameters: schemaOf(say), response: schemaOf(say) },
				],
			},
			{ googleSearch: {} },
		],
		toolConfig: { functionCallingConfig: { mode: "ANY", allowedFunctionNames: ["note"] } },
		generationConfig: {
			responseMimeType: "application/json",
			responseJsonSchema: schemaOf(say),
			stopSequences: ["END"],
		},
		safetySettings: [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_NONE" }],
		cachedContent: "cachedContents/1",
		labels: { team: say() },
		ofTomorrow: { words: [say()] },
	}),
} as const;
