"use client";

import { MessageSquareCode } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { TurnView } from "./turn-view.tsx";
import type { Playground } from "./use-playground.ts";

/** Closer to the end than this, the view follows what comes. */
const followPx = 80;

export function ConversationView({ playground }: { readonly playground: Playground }) {
	const box = useRef<HTMLDivElement>(null);
	const isFollowing = useRef(true);
	// The scroll position belongs to the browser; it is moved after every change of the conversation.
	useEffect(() => {
		const element = box.current;
		if (element !== null && isFollowing.current && playground.turns.length > 0) {
			element.scrollTop = element.scrollHeight;
		}
	}, [playground.turns]);
	return (
		<div
			ref={box}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
			tabIndex={0}
			role="log"
			aria-label="Turns"
			className="min-h-0 grow overflow-y-auto"
			onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
				isFollowing.current = scrollHeight - scrollTop - clientHeight < followPx;
			}}
		>
			{playground.turns.length === 0 ? (
				<EmptyState
					icon={MessageSquareCode}
					title="Your conversation will be here."
					hint="It is sent through the gateway like any application’s request and kept only on this page."
					action={<Button onClick={() => playground.ask("Say hello.")}>Say hello</Button>}
				/>
			) : (
				<div className="divide-y divide-line">
					{playground.turns.map((turn) => (
						<TurnView key={turn.id} turn={turn} playground={playground} />
					))}
				</div>
			)}
		</div>
	);
}
