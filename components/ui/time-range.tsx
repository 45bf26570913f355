"use client";

import { CalendarRange } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { useTimeRange } from "../../lib/client/use-time-range.ts";
import { timeRanges } from "../../lib/contracts/shapes.ts";
import { classNames } from "../../lib/format/class-names.ts";
import { formatAbsolute } from "../../lib/format/time.ts";
import { Button } from "./button.tsx";
import { Field } from "./field.tsx";
import { Input } from "./input.tsx";

const segment =
	"h-7 rounded px-2 text-xs font-medium text-muted hover:text-ink aria-pressed:bg-raised aria-pressed:text-ink aria-pressed:shadow-sm";

/** The one time control of the console; what it says is in the address. */
export function TimeRangeControl() {
	const { choice, isCustom, choosePreset } = useTimeRange();
	return (
		// biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the bar.
		<div
			role="group"
			aria-label="Time range"
			className="flex items-center gap-0.5 rounded-md border border-line bg-sunken p-0.5"
		>
			{timeRanges.map((preset) => (
				<button
					key={preset}
					type="button"
					aria-pressed={!isCustom && choice.range === preset}
					onClick={() => choosePreset(preset)}
					className={segment}
				>
					{preset}
				</button>
			))}
			<CustomRange />
		</div>
	);
}

function CustomRange() {
	const { choice, isCustom } = useTimeRange();
	const [isOpen, setIsOpen] = useState(false);
	const label = isCustom
		? `Custom range: ${formatAbsolute(new Date(choice.from ?? ""))} to ${formatAbsolute(new Date(choice.to ?? ""))}`
		: "Custom range";
	return (
		<Popover.Root open={isOpen} onOpenChange={setIsOpen}>
			<Popover.Trigger
				aria-label={label}
				title={label}
				aria-pressed={isCustom}
				className={classNames(segment, "flex items-center")}
			>
				<CalendarRange aria-hidden="true" className="size-4" />
			</Popover.Trigger>
			<Popover.Portal>
				<Popover.Content
					align="end"
					sideOffset={6}
					collisionPadding={8}
					className="appear z-50 w-72 rounded-lg border border-line bg-raised p-4 shadow-raised"
				>
					<CustomRangeForm onDone={() => setIsOpen(false)} />
				</Popover.Content>
			</Popover.Portal>
		</Popover.Root>
	);
}

function CustomRangeForm({ onDone }: { readonly onDone: () => void }) {
	const { choice, spanMs, chooseCustom } = useTimeRange();
	const end = choice.to === undefined ? new Date() : new Date(choice.to);
	const start =
		choice.from === undefined ? new Date(end.getTime() - spanMs) : new Date(choice.from);
	const [from, setFrom] = useState(toLocalInput(start));
	const [to, setTo] = useState(toLocalInput(end));
	const isValid = new Date(from).getTime() < new Date(to).getTime();
	const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	return (
		<form
			className="flex flex-col gap-3"
			onSubmit={(event) => {
				event.preventDefault();
				if (!isValid) return;
				chooseCustom(new Date(from), new Date(to));
				onDone();
			}}
		>
			<Field label="From">
				{(control) => (
					<Input
						{...control}
						type="datetime-local"
						value={from}
						onChange={(event) => setFrom(event.target.value)}
					/>
				)}
			</Field>
			<Field label="To" error={isValid ? undefined : "The end must be after the beginning."}>
				{(control) => (
					<Input
						{...control}
						type="datetime-local"
						value={to}
						onChange={(event) => setTo(event.target.value)}
					/>
				)}
			</Field>
			<p className="text-muted text-xs">Times are in {zone}.</p>
			<Button type="submit" variant="primary" disabled={!isValid}>
				Show this range
			</Button>
		</form>
	);
}

/** `2026-03-04T05:06` in the reader's zone, as `datetime-local` wants it. */
function toLocalInput(at: Date): string {
	const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
	return local.toISOString().slice(0, 16);
}
