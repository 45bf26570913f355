"use client";

import { useState } from "react";
import type { RequestDetail } from "../../lib/contracts/requests.ts";
import { classNames } from "../../lib/format/class-names.ts";
import { Panel } from "../ui/panel.tsx";
import { formatStep } from "./request-words.ts";
import type { Tick, WaterfallScale } from "./waterfall.ts";
import { toWaterfall } from "./waterfall.ts";
import { rowColumns, WaterfallRowView } from "./waterfall-row.tsx";

const scales: readonly { readonly id: WaterfallScale; readonly label: string }[] = [
	{ id: "compressed", label: "Compressed" },
	{ id: "true", label: "True to scale" },
];

/** Each step of the pipeline with when it ran, how long it took and what it decided. */
export function StageWaterfall({ request }: { readonly request: RequestDetail }) {
	const [scale, setScale] = useState<WaterfallScale>("compressed");
	const { rows, ticks, firstByte } = toWaterfall(request, scale);
	return (
		<Panel
			title="Pipeline"
			description={
				scale === "compressed"
					? "Long waits are drawn shorter, so that short steps stay visible; the numbers are exact."
					: "Widths are in proportion to time."
			}
			actions={<ScaleChoice scale={scale} onChange={setScale} />}
		>
			{rows.length === 0 ? (
				<p className="text-muted">No steps were recorded.</p>
			) : (
				<>
					<Axis ticks={ticks} />
					<ol aria-label="Steps of the pipeline">
						{rows.map((row) => (
							<WaterfallRowView key={row.id} row={row} firstByte={firstByte} />
						))}
					</ol>
					<Legend hasFirstByte={firstByte !== null} />
				</>
			)}
		</Panel>
	);
}

interface ScaleChoiceProps {
	readonly scale: WaterfallScale;
	readonly onChange: (scale: WaterfallScale) => void;
}

function ScaleChoice({ scale, onChange }: ScaleChoiceProps) {
	return (
		// biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the head.
		<div
			role="group"
			aria-label="Scale of the bars"
			className="flex rounded-md border border-line bg-sunken p-0.5"
		>
			{scales.map(({ id, label }) => (
				<button
					key={id}
					type="button"
					aria-pressed={scale === id}
					onClick={() => onChange(id)}
					className="h-6 rounded px-2 font-medium text-muted text-xs hover:text-ink aria-pressed:bg-raised aria-pressed:text-ink aria-pressed:shadow-sm"
				>
					{label}
				</button>
			))}
		</div>
	);
}

function Axis({ ticks }: { readonly ticks: readonly Tick[] }) {
	return (
		<div aria-hidden="true" className={rowColumns}>
			<div className="relative col-span-3 h-5 sm:col-span-1 sm:col-start-2">
				{ticks.map(({ atMs, left }, index) => (
					<span
						key={atMs}
						className={classNames(
							"absolute top-0 whitespace-nowrap text-faint text-xs",
							// Phones have room for the two ends only.
							index > 0 && index < ticks.length - 1 && "hidden sm:inline",
						)}
						style={{ left: `${left * 100}%`, transform: `translateX(-${left * 100}%)` }}
					>
						{atMs === 0 ? "0" : formatStep(atMs)}
					</span>
				))}
			</div>
		</div>
	);
}

function Legend({ hasFirstByte }: { readonly hasFirstByte: boolean }) {
	return (
		<ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-muted text-xs">
			<Entry look="h-2.5 w-4 rounded-sm bg-accent" text="step of the gateway" />
			<Entry look="h-2.5 w-4 rounded-sm bg-idle" text="upstream attempt" />
			{hasFirstByte && (
				<Entry
					look="h-3 border-line-strong border-l-2 border-dashed"
					text="first byte from the provider"
				/>
			)}
		</ul>
	);
}

function Entry({ look, text }: { readonly look: string; readonly text: string }) {
	return (
		<li className="flex items-center gap-1.5">
			<span aria-hidden="true" className={look} />
			{text}
		</li>
	);
}
