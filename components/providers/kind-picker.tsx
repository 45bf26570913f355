"use client";

import { ChevronRight } from "lucide-react";
import type { ProviderKind } from "../../lib/contracts/providers.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";

interface KindPickerProps {
	readonly kinds: readonly ProviderKind[];
	readonly onPick: (kind: ProviderKind) => void;
}

export function KindPicker({ kinds, onPick }: KindPickerProps) {
	return (
		<ul className="grid gap-2 sm:grid-cols-2">
			{kinds.map((kind) => (
				<li key={kind.id}>
					<button
						type="button"
						onClick={() => onPick(kind)}
						className="flex h-full w-full items-center gap-3 rounded-md border border-line bg-surface px-3.5 py-3 text-left hover:border-line-strong hover:bg-sunken dark:bg-raised"
					>
						<span className="min-w-0 grow">
							<span className="block font-medium text-ink">{kind.title}</span>
							<span className="block text-muted text-sm">{hintOf(kind)}</span>
						</span>
						<ChevronRight aria-hidden="true" className="size-4 shrink-0 text-faint" />
					</button>
				</li>
			))}
		</ul>
	);
}

function hintOf({ suggestedModels }: ProviderKind): string {
	return suggestedModels.length === 0
		? "Lists its own models"
		: `${formatQuantity(suggestedModels.length, "known model")}`;
}
