import { formatMoney } from "../../lib/format/money.ts";
import { Badge } from "./badge.tsx";
import { Tooltip } from "./tooltip.tsx";

interface MoneyProps {
	readonly microUsd: number | null;
	/** The model has no price in the catalogue: the cost is unknown, not zero. */
	readonly isUnpriced?: boolean;
}

export function Money({ microUsd, isUnpriced = false }: MoneyProps) {
	if (isUnpriced) {
		return (
			<Tooltip content="The price catalogue does not list this model, so the cost is unknown.">
				<Badge tone="caution">no price</Badge>
			</Tooltip>
		);
	}
	if (microUsd === null) return <span className="text-faint">–</span>;
	return <span className="whitespace-nowrap">{formatMoney(microUsd)}</span>;
}
