import { Check } from "lucide-react";
import { classNames } from "../../lib/format/class-names.ts";
import { ActionBadge, OutcomeBadge } from "../ui/outcome-badge.tsx";
import { formatStep } from "./request-words.ts";
import type { Bar, Tick, WaterfallRow } from "./waterfall.ts";

/** Name, bar, numbers, decision; on phones the bar has a line of its own. */
export const rowColumns =
	"grid grid-cols-[1fr_auto_auto] items-center gap-x-3 sm:grid-cols-[11rem_1fr_9.5rem_6.5rem] sm:gap-x-4";

const barColors = {
	allow: "bg-accent",
	flag: "bg-flagged",
	redact: "bg-redacted",
	block: "bg-blocked",
	refuse: "bg-caution",
	error: "bg-alert",
} as const;

interface WaterfallRowViewProps {
	readonly row: WaterfallRow;
	readonly firstByte: Tick | null;
}

export function WaterfallRowView({ row, firstByte }: WaterfallRowViewProps) {
	const isAttempt = row.kind === "attempt";
	return (
		<li className={classNames(rowColumns, "border-line border-t py-1.5 sm:py-1")}>
			<span
				className={classNames(
					"min-w-0 truncate",
					isAttempt ? "pl-4 text-muted text-sm" : "text-ink",
				)}
				title={row.title}
			>
				{isAttempt && <span className="sr-only">Upstream attempt: </span>}
				{row.title}
			</span>
			<Track row={row} firstByte={firstByte} />
			<span className="order-1 whitespace-nowrap text-right text-sm sm:order-none">
				<span className="text-ink">{formatStep(row.durationMs)}</span>
				<span className="text-faint"> at {formatStep(row.startMs)}</span>
			</span>
			<Decision action={row.action} />
			{row.note !== null && (
				<span className="order-5 col-span-3 text-muted text-xs sm:order-none sm:col-span-3 sm:col-start-2">
					{row.note}
				</span>
			)}
		</li>
	);
}

function Track({ row, firstByte }: WaterfallRowViewProps) {
	const hasInner = row.inner.length > 0;
	const color = row.action === null ? "bg-idle" : barColors[row.action];
	return (
		<span
			aria-hidden="true"
			className="relative order-4 col-span-3 h-4 rounded-sm bg-sunken sm:order-none sm:col-span-1"
		>
			<span
				className={classNames(
					"absolute inset-y-0.5 min-w-[3px] rounded-sm",
					color,
					hasInner && "opacity-35",
				)}
				style={place(row.bar)}
			/>
			{row.inner.map((bar) => (
				<span
					key={bar.left}
					className="absolute inset-y-1 min-w-[3px] rounded-sm bg-idle"
					style={place(bar)}
				/>
			))}
			{firstByte !== null && (
				<span
					className="absolute -inset-y-1 border-line-strong border-l border-dashed"
					style={{ left: `${firstByte.left * 100}%` }}
				/>
			)}
		</span>
	);
}

/** What went through is said quietly; what did not stands out. */
function Decision({ action }: { readonly action: WaterfallRow["action"] }) {
	const order = "order-2 sm:order-none";
	if (action === null) return <span className={order} />;
	if (action !== "allow") {
		return (
			<span className={order}>
				{action === "refuse" ? <OutcomeBadge outcome="refused" /> : <ActionBadge action={action} />}
			</span>
		);
	}
	return (
		<span className={classNames(order, "flex items-center gap-1 text-muted text-xs")}>
			<Check aria-hidden="true" className="size-3.5" />
			<span className="sr-only sm:not-sr-only">Allowed</span>
		</span>
	);
}

function place({ left, width }: Bar) {
	// A bar of a few pixels at the very end would otherwise stick out.
	return { left: `min(${left * 100}%, calc(100% - 3px))`, width: `${width * 100}%` };
}
