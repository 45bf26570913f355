import type { Usage } from "../../contract/chat.ts";
import { readCount, readList, readObject } from "../shared/read-json.ts";
import type { UsageFields } from "./wire.ts";

/** Usage in the project's convention; Converse counts cache reads and writes beside the input. */
export function usageOf(value: unknown): Usage | undefined {
	const usage = readObject<UsageFields>(value);
	const input = readCount(usage?.inputTokens);
	const output = readCount(usage?.outputTokens);
	if (input === undefined || output === undefined) return undefined;
	const read = readCount(usage?.cacheReadInputTokens);
	const written = readCount(usage?.cacheWriteInputTokens);
	const long = hourLong(usage?.cacheDetails);
	return {
		inputTokens: input + (read ?? 0) + (written ?? 0),
		outputTokens: output,
		...(read !== undefined && { cachedInputTokens: read }),
		...(written !== undefined && { cacheWriteTokens: written }),
		...(long !== undefined && { longCacheWriteTokens: long }),
		estimated: false,
	};
}

/** Tokens written to a cache that lives an hour. */
function hourLong(details: unknown): number | undefined {
	for (const item of readList(details)) {
		const detail = readObject<"ttl" | "inputTokens">(item);
		if (detail?.ttl === "1h") return readCount(detail.inputTokens);
	}
	return undefined;
}
