import { Dispatcher } from "undici";
import { describe, expect, it } from "vitest";
import { defaultSettings } from "../contract/settings.ts";
import type { Connector, WireRequest } from "../providers/define-provider.ts";
import { target } from "../routing/__fixtures__/targets.ts";
import { openUpstreamCall } from "./upstream-call.ts";

/** Takes requests and, unless told otherwise, never gets a connection for them. */
class FakeDispatcher extends Dispatcher {
	readonly seen: Dispatcher.DispatchOptions[] = [];
	readonly #answer: ((handler: Dispatcher.DispatchHandler) => void) | undefined;

	constructor(answer?: (handler: Dispatcher.DispatchHandler) => void) {
		super();
		this.#answer = answer;
	}

	override dispatch(
		options: Dispatcher.DispatchOptions,
		handler: Dispatcher.DispatchHandler,
	): boolean {
		this.seen.push(options);
		this.#answer?.(handler);
		return true;
	}
}

const request: WireRequest = { method: "POST", path: "/chat", headers: {}, body: "{}" };

function open(dispatcher: Dispatcher, connector: Partial<Connector>, signal?: AbortSignal) {
	return openUpstreamCall({
		target: target("p/m", {
			connector: { baseUrl: "http://p.test/v1", ...connector } as Connector,
		}),
		request,
		dispatcher,
		timeouts: { ...defaultSettings.timeouts, connectMs: 20 },
		callerSignal: signal ?? new AbortController().signal,
		waited: () => {},
	});
}

describe("a call to a provider", () => {
	it("gives up when no connection comes in the target's time", async () => {
		const call = open(new FakeDispatcher(), {});
		await expect(call.head).rejects.toMatchObject({
			code: "upstream.timeout",
			message: expect.stringContaining("20 ms"),
		});
		call.cancel();
	});

	it("fetches the credential before the socket opens, and sends what came of it", async () => {
		const dispatcher = new FakeDispatcher((handler) => {
			handler.onResponseStart?.({} as Dispatcher.DispatchController, 200, {}, "OK");
			handler.onResponseEnd?.({} as Dispatcher.DispatchController, {});
		});
		const call = open(dispatcher, {
			authorize: async (plain) => {
				expect(dispatcher.seen).toHaveLength(0);
				return { ...plain, headers: { authorization: "Bearer fresh" } };
			},
		});
		expect((await call.head).status).toBe(200);
		expect(dispatcher.seen[0]).toMatchObject({
			path: "/v1/chat",
			headers: { authorization: "Bearer fresh" },
		});
		call.finished();
	});

	it("ends while the credential is being fetched when the caller hangs up, and opens no socket", async () => {
		const dispatcher = new FakeDispatcher();
		const hangUp = new AbortController();
		const fetched = Promise.withResolvers<WireRequest>();
		const call = open(dispatcher, { authorize: () => fetched.promise }, hangUp.signal);
		hangUp.abort();
		await expect(call.head).rejects.toMatchObject({ code: "request.cancelled" });
		fetched.resolve(request);
		await fetched.promise;
		expect(dispatcher.seen).toHaveLength(0);
	});
});
