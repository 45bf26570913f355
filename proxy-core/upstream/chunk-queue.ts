/** Bytes between a source that pushes and a reader that pulls. */
export interface ChunkQueue {
	readonly push: (chunk: Uint8Array) => void;
	readonly end: () => void;
	readonly fail: (error: Error) => void;
	/** Everything that waits, in one piece; `undefined` after the end. Rejects once after `fail`. */
	readonly next: () => Promise<Uint8Array | undefined>;
	/** All that is left, as UTF-8. */
	readonly text: () => Promise<string>;
}

interface QueueOptions {
	readonly bytesMax: number;
	/** Called when more than `bytesMax` wait, and `resume` when they were taken. */
	readonly pause: () => void;
	readonly resume: () => void;
}

export function createChunkQueue({ bytesMax, pause, resume }: QueueOptions): ChunkQueue {
	let chunks: Uint8Array[] = [];
	let bytes = 0;
	let isPaused = false;
	let isCollecting = false;
	let isEnded = false;
	let error: Error | undefined;
	let waiting: PromiseWithResolvers<void> | undefined;

	const wake = (): void => {
		waiting?.resolve();
		waiting = undefined;
	};
	const arrival = (): Promise<void> => {
		waiting ??= Promise.withResolvers<void>();
		return waiting.promise;
	};
	const take = (): Uint8Array => {
		const [only] = chunks;
		const taken = only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
		chunks = [];
		bytes = 0;
		if (isPaused) {
			isPaused = false;
			resume();
		}
		return taken;
	};
	return {
		push: (chunk) => {
			chunks.push(chunk);
			bytes += chunk.length;
			if (bytes > bytesMax && !isCollecting && !isPaused) {
				isPaused = true;
				pause();
			}
			// Whoever wants the whole body is woken once, at its end.
			if (!isCollecting) wake();
		},
		end: () => {
			isEnded = true;
			wake();
		},
		fail: (cause) => {
			error ??= cause;
			isEnded = true;
			wake();
		},
		next: async () => {
			while (chunks.length === 0 && !isEnded) await arrival();
			if (chunks.length > 0) return take();
			if (error !== undefined) throw error;
			return undefined;
		},
		text: async () => {
			isCollecting = true;
			if (isPaused) {
				isPaused = false;
				resume();
			}
			while (!isEnded) await arrival();
			if (error !== undefined) throw error;
			const body = take();
			return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
		},
	};
}
