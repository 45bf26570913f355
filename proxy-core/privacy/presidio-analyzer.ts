import * as z from "zod";
import type { PrivacySettings } from "../contract/privacy-settings.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { GuardServices } from "../guards/guard-services.ts";
import { createBreaker } from "../routing/breaker.ts";
import type { AnalyzedText, Analyzer, FoundDatum } from "./mask-analyzer.ts";

type PresidioServices = Pick<GuardServices, "fetch" | "now">;

const answerSchema = z.array(
	z.object({
		entity_type: z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/),
		start: z.int().min(0),
		end: z.int().min(0),
		score: z.number(),
	}),
);

/** An analyzer answers some requests at once, and each text is one. */
const parallelMax = 4;
const answerBytesMax = 8 * 1024 * 1024;
const breakerLimits = { failuresToOpen: 3, openMs: 10_000, halfOpenProbes: 1 };

/**
 * Asks a Presidio analyzer (`POST /analyze`), one call for each text. After three failures in a row it
 * is left alone for ten seconds. Throws `guard.failed`.
 */
export function presidioAnalyzer(
	settings: PrivacySettings["presidio"],
	services: PresidioServices,
): Analyzer {
	const breaker = createBreaker(() => breakerLimits);
	return async (texts, { signal }) => {
		const pass = breaker.enter(services.now());
		if (pass === undefined) throw failed("The analyzer failed several times in a row.");
		try {
			const found = await askAll(texts, { settings, fetch: services.fetch, signal });
			pass.settle("worked", services.now());
			return found;
		} catch (cause) {
			// A caller who hung up says nothing about the analyzer.
			pass.settle(signal.aborted ? "neutral" : "failed", services.now());
			if (signal.aborted) throw new GatewayError("request.cancelled", { cause });
			throw GatewayError.is(cause) && cause.code === "guard.failed" ? cause : failed(cause);
		}
	};
}

async function askAll(
	texts: readonly AnalyzedText[],
	{ settings, fetch, signal }: Omit<Question, "text">,
): Promise<readonly (readonly FoundDatum[])[]> {
	const over = new AbortController();
	const limit = AbortSignal.any([signal, over.signal, AbortSignal.timeout(settings.timeoutMs)]);
	const results: (readonly FoundDatum[])[] = texts.map(() => []);
	const waiting = texts.entries();
	const work = async (): Promise<void> => {
		for (const [index, { text }] of waiting) {
			if (text.trim() === "") continue;
			results[index] = await askPresidio({ text, settings, fetch, signal: limit });
		}
	};
	try {
		await Promise.all(Array.from({ length: Math.min(parallelMax, texts.length) }, work));
		return results;
	} finally {
		// When one text failed, nobody needs what is found in the others.
		over.abort();
	}
}

interface Question {
	readonly text: string;
	readonly settings: PrivacySettings["presidio"];
	readonly fetch: GuardServices["fetch"];
	readonly signal: AbortSignal;
}

/** One text. Throws what the way out throws, and `guard.failed` for an answer that is none. */
export async function askPresidio({
	text,
	settings,
	fetch,
	signal,
}: Question): Promise<readonly FoundDatum[]> {
	const { url, language, scoreThreshold, timeoutMs } = settings;
	const { status, body } = await fetch({
		url: `${url.replace(/\/+$/, "")}/analyze`,
		method: "POST",
		headers: { "content-type": "application/json" },
		// A lone half of a surrogate pair is no text to Python.
		body: JSON.stringify({ text: text.toWellFormed(), language, score_threshold: scoreThreshold }),
		timeoutMs,
		bodyBytesMax: answerBytesMax,
		signal,
	});
	if (status !== 200) throw failed(`The analyzer answered with status ${status}.`);
	const answer = answerSchema.safeParse(parsed(body));
	if (!answer.success) throw failed("The analyzer's answer is none of Presidio's.");
	const unitsOf = utf16Offsets(text);
	return answer.data
		.filter(({ start, end, score }) => start < end && score >= scoreThreshold)
		.map(({ entity_type: type, start, end, score }) => ({
			type,
			start: unitsOf(start),
			end: unitsOf(end),
			score: Math.min(1, Math.max(0, score)),
		}))
		.filter(({ start, end }) => start < end);
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

/** Python counts code points, JavaScript UTF-16 units; offsets beyond the text are its end. */
function utf16Offsets(text: string): (codePoints: number) => number {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly the texts in which both count the same
	if (/^[\u0000-\ud7ff\ue000-\uffff]*$/.test(text)) return (at) => Math.min(at, text.length);
	const offsets: number[] = [];
	let units = 0;
	for (const point of text) {
		offsets.push(units);
		units += point.length;
	}
	return (at) => offsets[at] ?? text.length;
}

function failed(cause: unknown): GatewayError {
	return new GatewayError("guard.failed", {
		rule: "privacy",
		cause: typeof cause === "string" ? new Error(cause) : cause,
	});
}
