"use client";

import type { ReactNode } from "react";
import { createContext, useContext, useEffect, useState } from "react";

const NowContext = createContext<Date | undefined>(undefined);

const tickMs = 5000;

/** One clock for every relative time on the page. */
export function NowProvider({ children }: { readonly children: ReactNode }) {
	const [now, setNow] = useState(() => new Date());
	useEffect(() => {
		const timer = setInterval(() => setNow(new Date()), tickMs);
		return () => clearInterval(timer);
	}, []);
	return <NowContext value={now}>{children}</NowContext>;
}

/** The time, renewed every few seconds. Outside the console's shell it stands still. */
export function useNow(): Date {
	const now = useContext(NowContext);
	const [start] = useState(() => new Date());
	return now ?? start;
}
