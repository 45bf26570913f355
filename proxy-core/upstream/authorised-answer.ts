import type { WireRequest } from "../providers/define-provider.ts";
import type { OpenAnswer } from "./upstream-call.ts";

/** An answer whose request needs a credential first. Can be aborted while that is being fetched. */
export function openAuthorised(
	authorised: Promise<WireRequest>,
	open: (request: WireRequest) => OpenAnswer,
): OpenAnswer {
	const aborted = Promise.withResolvers<never>();
	let opened: OpenAnswer | undefined;
	let abortedBy: Error | undefined;
	const run = async () => {
		const request = await authorised;
		if (abortedBy !== undefined) throw abortedBy;
		opened = open(request);
		return opened.head;
	};
	return {
		head: Promise.race([run(), aborted.promise]),
		abort: (reason) => {
			abortedBy = reason;
			if (opened === undefined) aborted.reject(reason);
			else opened.abort(reason);
		},
	};
}
