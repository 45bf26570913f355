import { sparklinePath } from "../../lib/format/sparkline-path.ts";

const size = { width: 72, height: 24 } as const;

/** The course of a number, without axes; the tile beside it says the number. */
export function Sparkline({ values }: { readonly values: readonly number[] }) {
	const path = sparklinePath(values, size);
	if (path === "") return null;
	return (
		<svg
			aria-hidden="true"
			viewBox={`0 0 ${size.width} ${size.height}`}
			className="mb-1 hidden h-6 w-18 shrink-0 text-accent sm:block"
		>
			<path
				d={path}
				fill="none"
				stroke="currentColor"
				strokeWidth="1.5"
				strokeLinejoin="round"
				strokeLinecap="round"
			/>
		</svg>
	);
}
