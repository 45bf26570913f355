import type { ScriptedUpstream } from "../../proxy-core/testing/upstream-script.ts";
import {
	completion,
	sendJson,
	startScriptedUpstream,
} from "../../proxy-core/testing/upstream-script.ts";

/** What every answer says it used. */
export const busyUsage = { prompt_tokens: 5, completion_tokens: 1000, total_tokens: 1005 };

/** A provider that counts who calls it and keeps some of them waiting. */
export interface BusyUpstream {
	readonly baseUrl: string;
	/** Calls whose message is exactly this text, answered or not. */
	readonly calls: (text: string) => number;
	/** Calls with this message are not answered until `answer` is called for them. */
	readonly hold: (text: string) => void;
	/** Answers as many held calls of this message, the oldest first; all of them, and later ones, without a number. */
	readonly answer: (text: string, count?: number) => void;
	readonly close: ScriptedUpstream["close"];
}

export async function startBusyUpstream(): Promise<BusyUpstream> {
	const upstream = await startScriptedUpstream();
	const counts = new Map<string, number>();
	const held = new Map<string, (() => void)[]>();
	const reply = sendJson({ ...completion, usage: busyUsage });
	upstream.answer(async (response, seen) => {
		const body = JSON.parse(seen.body) as { messages: [{ content: string }] };
		const text = body.messages[0].content;
		counts.set(text, (counts.get(text) ?? 0) + 1);
		const waiting = held.get(text);
		if (waiting !== undefined) await new Promise<void>((resolve) => waiting.push(resolve));
		await reply(response, seen);
	});
	return {
		baseUrl: upstream.baseUrl,
		calls: (text) => counts.get(text) ?? 0,
		hold: (text) => held.set(text, []),
		answer: (text, count) => {
			const waiting = held.get(text) ?? [];
			for (const resolve of waiting.splice(0, count ?? waiting.length)) resolve();
			if (count === undefined) held.delete(text);
		},
		close: upstream.close,
	};
}
