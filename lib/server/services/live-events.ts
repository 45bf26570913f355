import type { LiveEvent } from "../../contracts/events.ts";
import { authenticate } from "../auth/authenticate.ts";
import { runtime } from "../runtime.ts";

const aliveEveryMs = 10_000;
/** A reader this far behind is gone or frozen; it will ask for everything anew when it comes back. */
const queuedMax = 1000;

export const liveEventsService = {
	/** Server-sent events until the browser leaves or its session ends. */
	stream: async ({ request }: { readonly request: Request }): Promise<Response> =>
		new Response(liveEvents(request), {
			headers: {
				"content-type": "text/event-stream; charset=utf-8",
				"x-accel-buffering": "no",
			},
		}),
};

function liveEvents({ headers, signal }: Request): ReadableStream<Uint8Array> {
	const { events } = runtime();
	const encoder = new TextEncoder();
	let stop = () => {};
	return new ReadableStream<Uint8Array>(
		{
			start: (controller) => {
				let isOver = false;
				const leave = () => {
					if (isOver) return;
					stop();
					controller.close();
				};
				const send = (event: LiveEvent) => {
					if (isOver) return;
					if ((controller.desiredSize ?? 0) <= 0) return leave();
					controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
				};
				const alive = () => send({ type: "stream.alive", at: Date.now() });
				const unsubscribe = events.subscribe(send);
				const timer = setInterval(() => {
					void maySeeMore(headers).then((may) => (may ? alive() : leave()));
				}, aliveEveryMs);
				stop = () => {
					isOver = true;
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

/** A session may end while its stream is open. Without a database nobody can tell, so nothing changes. */
async function maySeeMore(headers: Headers): Promise<boolean> {
	try {
		return (await authenticate(headers, runtime())) !== undefined;
	} catch {
		return true;
	}
}
