import { ArrowRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "../../lib/format/class-names.ts";
import type { Trend } from "../../lib/format/trend.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { TrendText } from "./trend-text.tsx";

interface KpiProps {
	readonly label: string;
	readonly value: string;
	/** Empty when the value carries it, as money does. */
	readonly unit?: string;
	readonly trend: Trend;
	/** Whether more is good news, bad news or neither; colours the trend. */
	readonly moreIs: "good" | "bad" | "neutral";
	/** What it is compared with: "the 24 h before". */
	readonly comparedWith: string;
	readonly series?: readonly number[];
	/** Where one would act on it. */
	readonly href?: string;
	readonly hint?: ReactNode;
}

export function Kpi(props: KpiProps) {
	const { label, value, unit, trend, moreIs, comparedWith, series, href, hint } = props;
	const body = (
		<>
			<p className="flex items-center justify-between gap-2 text-muted text-sm">
				{label}
				{href !== undefined && (
					<ArrowRight
						aria-hidden="true"
						className="size-3.5 opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100"
					/>
				)}
			</p>
			<div className="mt-1 flex items-end justify-between gap-3">
				<p className="whitespace-nowrap font-semibold text-2xl text-ink tracking-tight">
					{value}
					{unit !== undefined && (
						<span className="ml-1 font-normal text-base text-muted">{unit}</span>
					)}
				</p>
				{series !== undefined && <Sparkline values={series} />}
			</div>
			<p className="mt-1 flex flex-wrap items-center gap-x-1.5 text-xs">
				<TrendText trend={trend} moreIs={moreIs} />
				<span className="text-faint">vs {comparedWith}</span>
			</p>
			{hint !== undefined && <div className="mt-1 text-muted text-xs">{hint}</div>}
		</>
	);
	const look = "group block min-w-0 rounded-lg border border-line bg-surface px-4 py-3";
	if (href === undefined) return <div className={look}>{body}</div>;
	return (
		<Link href={href} className={classNames(look, "transition-colors hover:border-line-strong")}>
			{body}
		</Link>
	);
}
