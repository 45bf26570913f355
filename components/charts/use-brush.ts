"use client";

import { useState } from "react";
import type { MouseHandlerDataParam } from "recharts";

interface Brush {
	/** The part that is being marked; undefined when nothing is. */
	readonly marked: readonly [from: number, to: number] | undefined;
	readonly handlers: {
		readonly onMouseDown?: (state: MouseHandlerDataParam) => void;
		readonly onMouseMove?: (state: MouseHandlerDataParam) => void;
		readonly onMouseUp?: () => void;
		readonly onMouseLeave?: () => void;
	};
}

/** Marks a span of a time chart by dragging. The time control does the same by keyboard. */
export function useBrush(onRange: ((from: Date, to: Date) => void) | undefined): Brush {
	const [drag, setDrag] = useState<{ from: number; to: number } | undefined>(undefined);
	if (onRange === undefined) return { marked: undefined, handlers: {} };
	const finish = () => {
		if (drag !== undefined && drag.from !== drag.to) {
			const [from, to] = [drag.from, drag.to].toSorted((left, right) => left - right);
			if (from !== undefined && to !== undefined) onRange(new Date(from), new Date(to));
		}
		setDrag(undefined);
	};
	return {
		marked: drag === undefined ? undefined : [drag.from, drag.to],
		handlers: {
			onMouseDown: ({ activeLabel }) => {
				const at = Number(activeLabel);
				if (Number.isFinite(at)) setDrag({ from: at, to: at });
			},
			onMouseMove: ({ activeLabel }) => {
				const at = Number(activeLabel);
				if (drag !== undefined && Number.isFinite(at)) setDrag({ from: drag.from, to: at });
			},
			onMouseUp: finish,
			onMouseLeave: () => setDrag(undefined),
		},
	};
}
