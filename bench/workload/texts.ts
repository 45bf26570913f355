import { estimateTokens } from "../../proxy-core/text/estimate-tokens.ts";

/** What is said in every API alike: the same questions, the same answers, the same words of a stream. */

export const modelName = "bench-model";
/** Its streams pause between chunks. */
export const slowModel = "bench-slow";

export const systemText = "You are a careful assistant that answers briefly.";
const question =
	"Explain in a few sentences why a reverse proxy should add as little latency as possible. ";
const sentence = "A gateway answers for every request that passes it, so each microsecond counts. ";

export const answerText = sentence.repeat(5);

/** The texts of a stream's chunks: counted, so that a lost, doubled or moved one shows. */
export const streamWords: readonly string[] = Array.from(
	{ length: 50 },
	(_, index) => ` word-${String(index).padStart(3, "0")}`,
);

export type PromptSize = "short" | "long";

/** Of a long prompt, by the gateway's own estimate. */
export const longPromptTokens = 100_000;

export function promptOf(size: PromptSize): string {
	return size === "short" ? question.repeat(5) : `${question}\n\n${longDocument()}`;
}

const topics = [
	"The reading room keeps its lamps lit until the last visitor has returned the atlas to its shelf.",
	"Engineers compare the two drawings and note where the bridge would carry more than it should.",
	"In spring the ferry leaves earlier, because farmers bring their vegetables to the northern market.",
	"A careful translator writes down what was doubtful, so that the next one does not have to wonder.",
	"The observatory publishes its measurements every evening, together with the weather and the errors.",
	"Nobody remembers who planted the orchard, but its apples are mentioned in three old letters.",
	"Whoever repairs a clock hears first what is wrong with it, and only then opens the case.",
] as const;

/** Numbered paragraphs of prose, as somebody would paste a report. */
function longDocument(): string {
	const paragraphs: string[] = [];
	let tokens = 0;
	for (let number = 1; tokens < longPromptTokens; number += 1) {
		const sentences = topics.map((_, index) => topics[(index * 3 + number) % topics.length]);
		const paragraph = `${number}. ${sentences.join(" ")}`;
		tokens += estimateTokens(`${paragraph}\n`);
		paragraphs.push(paragraph);
	}
	return paragraphs.join("\n");
}
