"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { createContext, useContext, useEffect, useState } from "react";
import { liveEvent, streamEvents } from "../contracts/events.ts";
import { familiesOf, gatherFamilies } from "./live-invalidation.ts";

/** `stale`: the connection is lost and what is shown may be old; it is tried again all the time. */
export type LiveState = "connecting" | "connected" | "stale" | "paused";

interface Live {
	readonly state: LiveState;
	readonly pause: () => void;
	readonly resume: () => void;
}

const LiveContext = createContext<Live>({ state: "paused", pause: () => {}, resume: () => {} });

/** Twice the rhythm of `stream.alive`, and some. */
const silenceMsMax = 25_000;
const refreshEveryMs = 1000;

/** Keeps every query on the page fresh by the server's live events. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
	const queries = useQueryClient();
	const [isPaused, setIsPaused] = useState(false);
	const [connection, setConnection] = useState<Exclude<LiveState, "paused">>("connecting");
	useEffect(() => {
		if (isPaused) return;
		const gatherer = gatherFamilies(refreshEveryMs, (families) => {
			for (const family of families) void queries.invalidateQueries({ queryKey: [family] });
		});
		const stop = listen({
			onState: setConnection,
			// Whatever happened while nobody listened is unknown.
			onReturn: () => void queries.invalidateQueries(),
			onEvent: (text) => {
				const event = liveEvent.safeParse(text);
				if (event.success) gatherer.add(familiesOf(event.data));
			},
		});
		return () => {
			stop();
			gatherer.stop();
		};
	}, [isPaused, queries]);
	const live: Live = {
		state: isPaused ? "paused" : connection,
		pause: () => setIsPaused(true),
		resume: () => {
			setConnection("connecting");
			setIsPaused(false);
			void queries.invalidateQueries();
		},
	};
	return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLive(): Live {
	return useContext(LiveContext);
}

interface Listener {
	readonly onState: (state: "connected" | "stale") => void;
	readonly onReturn: () => void;
	readonly onEvent: (event: unknown) => void;
}

function listen({ onState, onReturn, onEvent }: Listener): () => void {
	let source: EventSource;
	let silence: ReturnType<typeof setTimeout> | undefined;
	let wasLost = false;
	const lose = () => {
		wasLost = true;
		onState("stale");
	};
	const hear = () => {
		clearTimeout(silence);
		silence = setTimeout(() => {
			lose();
			source.close();
			open();
		}, silenceMsMax);
		onState("connected");
		if (!wasLost) return;
		wasLost = false;
		onReturn();
	};
	const open = () => {
		clearTimeout(silence);
		source = new EventSource(streamEvents.path);
		source.onopen = hear;
		source.onmessage = (message: MessageEvent<string>) => {
			hear();
			onEvent(parse(message.data));
		};
		source.onerror = () => {
			lose();
			clearTimeout(silence);
			// A browser gives up for good after an answer that is no event stream; a restart makes those.
			if (source.readyState === EventSource.CLOSED) silence = setTimeout(open, 3000);
		};
	};
	open();
	return () => {
		clearTimeout(silence);
		source.close();
	};
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
