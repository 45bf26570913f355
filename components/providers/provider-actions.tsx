"use client";

import { Ellipsis, ListTree, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { useMay } from "../../lib/client/use-session.ts";
import type { Provider } from "../../lib/contracts/providers.ts";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "../ui/dropdown-menu.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { CheckButton } from "./check-button.tsx";
import { rulesFor } from "./provider-rules.ts";

interface ProviderActionsProps {
	readonly provider: Provider;
	readonly onOpen: () => void;
	readonly onRemove: () => void;
}

export function ProviderActions({ provider, onOpen, onRemove }: ProviderActionsProps) {
	const rules = rulesFor(provider, {
		mayWrite: useMay("registry:write"),
		mayDelete: useMay("registry:delete"),
	});
	return (
		<div className="flex shrink-0 items-center justify-end gap-1">
			<CheckButton provider={provider} />
			<DropdownMenu
				trigger={
					<IconButton
						size="small"
						label={`Actions for ${provider.title}`}
						icon={<Ellipsis aria-hidden="true" />}
					/>
				}
			>
				<MenuItem icon={<Pencil aria-hidden="true" />} onSelect={onOpen}>
					{rules.mayEditModels ? "Edit" : "Show settings"}
				</MenuItem>
				<MenuItem asChild>
					<Link href={`/requests?provider=${encodeURIComponent(provider.id)}`}>
						<ListTree aria-hidden="true" />
						Show its requests
					</Link>
				</MenuItem>
				{rules.mayEditModels && (
					<>
						<MenuSeparator />
						{rules.removeBecause !== undefined && (
							<MenuLabel>
								<span className="block max-w-64 whitespace-normal">{rules.removeBecause}</span>
							</MenuLabel>
						)}
						<MenuItem
							icon={<Trash2 aria-hidden="true" />}
							tone="danger"
							disabled={!rules.mayRemove}
							onSelect={onRemove}
						>
							Remove
						</MenuItem>
					</>
				)}
			</DropdownMenu>
		</div>
	);
}
