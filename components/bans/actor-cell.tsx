import type { ActorKind } from "../../proxy-core/contract/threat-settings.ts";
import { MiddleTruncate } from "../ui/middle-truncate.tsx";
import { kindWords, splitName } from "./ban-words.ts";
import { useTenantName } from "./use-key-options.ts";

interface ActorCellProps {
	readonly actor: {
		readonly kind: ActorKind;
		readonly value: string;
		readonly name: string | null;
	};
}

/** Who: by the name that people know, with what the ledger knows it by. */
export function ActorCell({ actor }: ActorCellProps) {
	const { tenant, name } = splitName(actor.kind, actor.value);
	const tenantName = useTenantName(tenant);
	return (
		<div className="min-w-0">
			<div className="font-medium text-ink">
				{actor.name ?? <MiddleTruncate text={name} max={36} isMono />}
			</div>
			<div className="font-normal text-faint text-xs">
				{kindWords[actor.kind].label}
				{actor.name !== null && (
					<>
						{" · "}
						<MiddleTruncate text={actor.value} max={20} isMono />
					</>
				)}
				{tenantName !== undefined && ` · of ${tenantName}`}
			</div>
		</div>
	);
}
