import type { BudgetUsage } from "../../lib/contracts/budgets.ts";
import type { QuotaUnit } from "../../proxy-core/contract/quota.ts";
import { shareOf } from "./budget-standing.ts";
import { amountInWords, countedWord } from "./budget-words.ts";

interface GaugeProps {
	/** Names the gauge for screen readers: the budget's title. */
	readonly label: string;
	readonly unit: QuotaUnit;
	readonly usage: BudgetUsage;
	readonly softLimit: number | null;
	readonly isLarge?: boolean;
	/** Budgets that are not in force show their figures without alarm. */
	readonly isCalm?: boolean;
}

const fills = { ok: "bg-accent", soft: "bg-caution", hard: "bg-danger" } as const;

/** Spent, set aside and left on one bar, with a mark at the soft limit. */
export function Gauge(props: GaugeProps) {
	const { label, usage, softLimit, isLarge = false, isCalm = false } = props;
	const { spent, reserved, limit } = usage;
	// True costs are counted whatever was expected, so they may reach beyond the limit.
	const end = Math.max(limit, spent + reserved, 1);
	const percent = (amount: number) => `${Math.min(100, (amount / end) * 100)}%`;
	const fill = isCalm ? "bg-idle" : fills[usage.state];
	return (
		<div className={`relative ${isLarge ? "py-1.5" : "py-1"}`}>
			<meter
				className="sr-only"
				aria-label={label}
				min={0}
				max={1}
				value={Math.min(1, shareOf(spent + reserved, limit))}
				aria-valuetext={inWords(props)}
			/>
			<div
				aria-hidden="true"
				className={`flex overflow-hidden rounded-full bg-line ${isLarge ? "h-3" : "h-1.5"}`}
			>
				<div className={`${fill} shrink-0`} style={{ width: percent(spent) }} />
				<div className={`${fill} shrink-0 opacity-40`} style={{ width: percent(reserved) }} />
			</div>
			{softLimit !== null && softLimit < end && <Mark at={percent(softLimit)} />}
			{spent + reserved > limit && limit > 0 && <Mark at={percent(limit)} />}
		</div>
	);
}

function Mark({ at }: { readonly at: string }) {
	return (
		<span
			aria-hidden="true"
			className="absolute inset-y-0 w-0.5 -translate-x-1/2 rounded-full bg-ink"
			style={{ left: at }}
		/>
	);
}

function inWords({ unit, usage, softLimit }: GaugeProps): string {
	const { spent, reserved, limit } = usage;
	const soft = softLimit === null ? "" : `; soft limit ${amountInWords(unit, softLimit)}`;
	const counted =
		unit === "parallel"
			? `${amountInWords(unit, reserved)} taken`
			: `${amountInWords(unit, spent)} ${countedWord(unit)}, ${amountInWords(unit, reserved)} set aside`;
	return `${counted}, of ${amountInWords(unit, limit)}${soft}`;
}
