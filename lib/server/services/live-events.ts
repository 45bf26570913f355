import type { LiveEvent } from "../../contracts/events.ts";
import { runtime } from "../runtime.ts";

const aliveEveryMs = 10_000;
/** A reader this far behind is gone or frozen; it will ask for everything anew when it comes back. */
const queuedMax = 1000;

export const liveEventsService = {
	/** Server-sent events until the browser leaves. Never ends by itself, so a gap is always an error to the reader. */
	stream: async ({ request }: { readonly request: Request }): Promise<Response> =>
		new Response(liveEvents(request.signal), {
			headers: {
				"content-type": "text/event-stream; charset=utf-8",
				"x-accel-buffering": "no",
			},
		}),
};

function liveEvents(signal: AbortSignal): ReadableStream<Uint8Array> {
	const { events } = runtime();
	const encoder = new TextEncoder();
	let stop = () => {};
	return new ReadableStream<Uint8Array>(
		{
			start: (controller) => {
				const send = (event: LiveEvent) => {
					if ((controller.desiredSize ?? 0) <= 0) {
						stop();
						controller.close();
						return;
					}
					controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
				};
				const alive = () => send({ type: "stream.alive", at: Date.now() });
				const unsubscribe = events.subscribe(send);
				const timer = setInterval(alive, aliveEveryMs);
				const leave = () => {
					stop();
					controller.close();
				};
				stop = () => {
					unsubscribe();
					clearInterval(timer);
					signal.removeEventListener("abort", leave);
				};
				signal.addEventListener("abort", leave, { once: true });
				if (signal.aborted) leave();
				else alive();
			},
			cancel: () => stop(),
		},
		{ highWaterMark: queuedMax },
	);
}
