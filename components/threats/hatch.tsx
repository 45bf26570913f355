import type { Hatch, HatchedSeries } from "./threat-looks.ts";

const size = 6;

/** The ground of a series; `prefix` keeps the ids of two charts on one page apart. */
export function HatchPattern({
	series,
	prefix,
}: {
	readonly series: HatchedSeries;
	readonly prefix: string;
}) {
	return (
		<pattern
			id={hatchId(prefix, series.id)}
			width={size}
			height={size}
			patternUnits="userSpaceOnUse"
		>
			<rect width={size} height={size} fill={series.color} />
			<g stroke="var(--surface)" strokeWidth="1.2" strokeOpacity="0.7" fill="var(--surface)">
				<Lines hatch={series.hatch} />
			</g>
		</pattern>
	);
}

export function hatchId(prefix: string, id: string): string {
	return `${prefix}-${id}`;
}

function Lines({ hatch }: { readonly hatch: Hatch }) {
	switch (hatch) {
		case "plain":
			return null;
		case "rising":
			return <path d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5" />;
		case "falling":
			return <path d="M-1 -1L7 7M-1 5L1 7M5 -1L7 1" />;
		case "dots":
			return <circle cx="3" cy="3" r="1.1" stroke="none" fillOpacity="0.8" />;
		case "level":
			return <path d="M0 3H6" />;
		case "crossed":
			return <path d="M0 3H6M3 0V6" />;
	}
}

/** The same ground as a small square beside a word. */
export function HatchSwatch({ series, prefix }: Parameters<typeof HatchPattern>[0]) {
	return (
		<svg aria-hidden="true" viewBox="0 0 12 12" className="size-3 shrink-0 rounded-sm">
			<defs>
				<HatchPattern series={series} prefix={`${prefix}-swatch`} />
			</defs>
			<rect width="12" height="12" fill={`url(#${hatchId(`${prefix}-swatch`, series.id)})`} />
		</svg>
	);
}
