"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { call } from "../../lib/client/call.ts";
import type { ReplayResult } from "../../lib/contracts/inspections.ts";
import { replay } from "../../lib/contracts/inspections.ts";
import type { PolicyChange } from "./policy-change.ts";
import { isSame } from "./policy-change.ts";

export const countChoices = [100, 500, 1000, 2000] as const;
export type ReplayCount = (typeof countChoices)[number];

export interface Replaying {
	readonly count: ReplayCount;
	readonly setCount: (count: ReplayCount) => void;
	readonly run: () => void;
	readonly cancel: () => void;
	readonly isBusy: boolean;
	readonly error: unknown;
	readonly result: ReplayResult | undefined;
	/** The change whose result that is. */
	readonly judged: PolicyChange;
	/** The change on the page is another one by now. */
	readonly isOld: boolean;
}

export function useReplay(change: PolicyChange): Replaying {
	const [count, setCount] = useState<ReplayCount>(500);
	const running = useRef<AbortController>(undefined);
	const run = useMutation({
		mutationFn: (asked: PolicyChange) => {
			const controller = new AbortController();
			running.current = controller;
			return call(replay, { body: { change: { ...asked }, count }, signal: controller.signal });
		},
	});
	// Nobody waits for the result of a page that is gone.
	useEffect(() => () => running.current?.abort(), []);
	const judged = run.variables ?? {};
	return {
		count,
		setCount,
		run: () => run.mutate(change),
		cancel: () => {
			running.current?.abort();
			run.reset();
		},
		isBusy: run.isPending,
		error: run.error,
		result: run.data,
		judged,
		isOld: !isSame(judged, change),
	};
}
