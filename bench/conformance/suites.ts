import { aiSdkChecks, anthropicWay, chatWay, responsesWay } from "./ai-sdk-checks.ts";
import { chatChecks } from "./chat-checks.ts";
import { chatFailureChecks, modelChecks } from "./chat-failure-checks.ts";
import { chatToolChecks } from "./chat-tool-checks.ts";
import { codexVersion, installCodex, runCodingTask } from "./coding-agent.ts";
import { completionsChecks } from "./completions-checks.ts";
import type { Suite } from "./define-check.ts";
import { everyWire } from "./define-check.ts";
import { googleChecks } from "./google-checks.ts";
import { googleDialogue } from "./google-dialogue.ts";
import { googleToolChecks } from "./google-tool-checks.ts";
import { langchainChecks } from "./langchain-checks.ts";
import { messagesChecks } from "./messages-checks.ts";
import { messagesDialogue } from "./messages-dialogue.ts";
import { messagesToolChecks } from "./messages-tool-checks.ts";
import { operationsChecks } from "./operations-checks.ts";
import { packageOf } from "./package-version.ts";
import {
	chatDialogue,
	completionsDialogue,
	recoveryChecks,
	responsesDialogue,
} from "./recovery-checks.ts";
import { responsesChecks } from "./responses-checks.ts";

/** Every client that comes with the project's development packages, and what it is asked to do through the gateway. */
export const suites: readonly Suite[] = [
	{
		client: "openai: chat",
		from: packageOf("openai"),
		checks: [
			...chatChecks,
			...chatToolChecks,
			...chatFailureChecks,
			...modelChecks,
			...recoveryChecks(chatDialogue),
		],
	},
	{
		client: "openai: responses",
		from: packageOf("openai"),
		checks: [...responsesChecks, ...recoveryChecks(responsesDialogue)],
	},
	{
		client: "openai: completions",
		from: packageOf("openai"),
		checks: [...completionsChecks, ...recoveryChecks(completionsDialogue)],
	},
	{ client: "openai: other operations", from: packageOf("openai"), checks: operationsChecks },
	{
		client: "@anthropic-ai/sdk: messages",
		from: packageOf("@anthropic-ai/sdk"),
		checks: [...messagesChecks, ...messagesToolChecks, ...recoveryChecks(messagesDialogue)],
	},
	{
		client: "@google/genai: generateContent",
		from: packageOf("@google/genai"),
		checks: [...googleChecks, ...googleToolChecks, ...recoveryChecks(googleDialogue)],
	},
	{ client: "ai, OpenAI chat", from: packageOf("@ai-sdk/openai"), checks: aiSdkChecks(chatWay) },
	{
		client: "ai, OpenAI responses",
		from: packageOf("@ai-sdk/openai"),
		checks: aiSdkChecks(responsesWay),
	},
	{
		client: "ai, Anthropic messages",
		from: packageOf("@ai-sdk/anthropic"),
		checks: aiSdkChecks(anthropicWay),
	},
	{
		client: "langchain: ChatOpenAI",
		from: packageOf("@langchain/openai"),
		checks: langchainChecks,
	},
];

/** The coding agent, which is fetched when it is needed. */
export const agentSuite: Suite = {
	client: "codex: a task with tool calls",
	from: `@openai/codex ${codexVersion}`,
	install: installCodex,
	checks: [everyWire("writes a file", runCodingTask)],
};
