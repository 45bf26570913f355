import type { Connector, WireRequest } from "../providers/define-provider.ts";
import type { OpenAnswer } from "./upstream-call.ts";

/** An answer made inside this process, with the manners of one that came over a socket. */
export function openLocally(
	answerLocally: NonNullable<Connector["answerLocally"]>,
	request: WireRequest,
): OpenAnswer {
	const controller = new AbortController();
	const open = async () => {
		const answer = await answerLocally(request, controller.signal);
		const chunks = answer.body[Symbol.asyncIterator]();
		const next = async () => {
			const chunk = await chunks.next();
			return chunk.done === true ? undefined : chunk.value;
		};
		return {
			status: answer.status,
			headers: answer.headers,
			next,
			text: async () => {
				const parts: Uint8Array[] = [];
				for (let part = await next(); part !== undefined; part = await next()) parts.push(part);
				return Buffer.concat(parts).toString("utf8");
			},
		};
	};
	return { head: open(), abort: (reason) => controller.abort(reason) };
}
