import type { ReactNode } from "react";

export function Kbd({ children }: { readonly children: ReactNode }) {
	return (
		<kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-line bg-sunken px-1 font-mono text-muted text-xs">
			{children}
		</kbd>
	);
}
