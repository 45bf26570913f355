import type { LatencySeries } from "./latency-path.ts";
import { failureMarks, latencyInWords, latencyPath } from "./latency-path.ts";

const box = { width: 96, height: 28 } as const;

/** Ten minutes of time to the first byte; red marks at the foot are failures. */
export function LatencySparkline({ series }: { readonly series: LatencySeries }) {
	const words = latencyInWords(series);
	return (
		<svg
			role="img"
			aria-label={words}
			viewBox={`0 0 ${box.width} ${box.height}`}
			className="h-7 w-24 shrink-0"
		>
			<title>{words}</title>
			<path d={`M0 ${box.height - 0.5}h${box.width}`} className="stroke-line" />
			<path
				d={latencyPath(series.latencyMs, box)}
				fill="none"
				className="stroke-accent"
				strokeWidth="1.75"
				strokeLinejoin="round"
				strokeLinecap="round"
			/>
			{failureMarks(series.failures, box.width).map((x) => (
				<path key={x} d={`M${x} ${box.height}v-7`} className="stroke-danger" strokeWidth="2" />
			))}
		</svg>
	);
}
