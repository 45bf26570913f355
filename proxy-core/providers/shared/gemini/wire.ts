/** Google's Generative Language API, v1beta: what is sent, and the names that are read. */
export type Part = { readonly thoughtSignature?: string } & (
	| { readonly text: string }
	| { readonly inlineData: { readonly mimeType: string; readonly data: string } }
	| { readonly fileData: { readonly fileUri: string; readonly mimeType?: string } }
	| {
			readonly functionCall: {
				readonly id?: string;
				readonly name: string;
				readonly args: unknown;
			};
	  }
	| {
			readonly functionResponse: {
				readonly id?: string;
				readonly name: string;
				readonly response: unknown;
			};
	  }
);

export interface Content {
	readonly role: "user" | "model";
	readonly parts: readonly Part[];
}

export type AnswerFields =
	| "candidates"
	| "promptFeedback"
	| "usageMetadata"
	| "modelVersion"
	| "responseId"
	| "error";
export type CandidateFields = "index" | "content" | "finishReason" | "finishMessage";
export type PartFields = "text" | "thought" | "functionCall" | "thoughtSignature";
export type CallFields = "id" | "name" | "args";
export type UsageFields =
	| "promptTokenCount"
	| "candidatesTokenCount"
	| "thoughtsTokenCount"
	| "cachedContentTokenCount"
	| "toolUsePromptTokenCount"
	| "promptTokensDetails"
	| "candidatesTokensDetails";
