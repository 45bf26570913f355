export interface LoadResult {
	/** Request ids of answers that arrived whole. */
	readonly answered: readonly string[];
	/** Requests that got an error answer or none. */
	readonly failed: number;
}

export interface LoadOptions {
	readonly url: string;
	readonly token: string;
	readonly requests: number;
	readonly concurrency: number;
	/** Called after each whole answer. */
	readonly onAnswer?: (count: number) => void;
}

/** A bounded number of chat completions, every third one streamed; ends early when the server is gone. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
	const answered: string[] = [];
	let next = 0;
	let failed = 0;
	let failedInARow = 0;
	const worker = async (): Promise<void> => {
		while (next < options.requests && failedInARow < 50) {
			const id = await ask(options, next++).catch(() => undefined);
			if (id === undefined) {
				failed++;
				failedInARow++;
			} else {
				failedInARow = 0;
				answered.push(id);
				options.onAnswer?.(answered.length);
			}
		}
	};
	await Promise.all(Array.from({ length: options.concurrency }, worker));
	return { answered, failed };
}

async function ask({ url, token }: LoadOptions, index: number): Promise<string | undefined> {
	const isStreaming = index % 3 === 0;
	const response = await fetch(`${url}/v1/chat/completions`, {
		method: "POST",
		headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
		body: JSON.stringify({
			model: "simulator/echo",
			stream: isStreaming,
			messages: [{ role: "user", content: `Request number ${index}` }],
		}),
		signal: AbortSignal.timeout(30_000),
	});
	const text = await response.text();
	const isWhole = isStreaming ? text.endsWith("data: [DONE]\n\n") : text.endsWith("}");
	if (response.status !== 200 || !isWhole) return undefined;
	return response.headers.get("x-request-id") ?? undefined;
}
