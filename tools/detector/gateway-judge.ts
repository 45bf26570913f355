import { GatewayError } from "../../proxy-core/errors/gateway-error.ts";
import { firewall } from "../../proxy-core/stages/firewall.ts";
import { parse } from "../../proxy-core/stages/parse.ts";
import { shield } from "../../proxy-core/stages/shield.ts";
import type { LabelledText } from "./dataset.ts";
import { standsInDocument } from "./dataset.ts";
import { createArrivals, offlineServices } from "./evaluation.ts";

export interface GatewayJudgement {
	/** Whether a person would hear of it: refused or flagged. */
	readonly isFlagged: boolean;
	/** Whether it was refused, or would have been if the rule were enforced. */
	readonly isRefused: boolean;
	/** Of the firewall and the shield together. */
	readonly microseconds: number;
}

/**
 * Who judges whether a text is an attack. Others find secrets, personal data or characters that nobody
 * sees, which is no verdict on the text.
 */
const layers: ReadonlySet<string> = new Set(["firewall", "prompt-injection"]);

/** Sends a text through the stages that look at it, with the settings of a fresh installation. */
export function createGatewayJudge(): (text: LabelledText) => Promise<GatewayJudgement> {
	const arrive = createArrivals();
	const shieldStage = shield(offlineServices);
	return async (text) => {
		const body = Buffer.from(JSON.stringify(requestOf(text)));
		const received = arrive();
		const begun = performance.now();
		let isRefused = false;
		try {
			const read = { ...received, body };
			await firewall.run(read);
			const parsed = await parse.run(read);
			await shieldStage.run({ ...read, ...parsed });
		} catch (error) {
			if (!GatewayError.is(error) || error.status >= 500) throw error;
			isRefused = true;
		}
		const microseconds = (performance.now() - begun) * 1000;
		const found = received.trace.findings.filter(({ guard }) => layers.has(guard));
		return {
			isFlagged: isRefused || found.length > 0,
			isRefused: isRefused || found.some(({ wouldBe }) => wouldBe === "block"),
			microseconds,
		};
	};
}

/** Documents stand as the result of a tool, behind a question that anybody could ask. */
function requestOf(text: LabelledText): unknown {
	if (!standsInDocument(text)) {
		return { model: "any", messages: [{ role: "user", content: text.text }] };
	}
	const call = { name: "read_document", arguments: '{"id":"1"}' };
	return {
		model: "any",
		messages: [
			{ role: "user", content: "What does the document say? Give me a short summary." },
			{
				role: "assistant",
				content: null,
				tool_calls: [{ id: "call_1", type: "function", function: call }],
			},
			{ role: "tool", tool_call_id: "call_1", content: text.text },
		],
	};
}
