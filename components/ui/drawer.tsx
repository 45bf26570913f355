"use client";

import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "../../lib/format/class-names.ts";
import { CloseButton } from "./dialog.tsx";
import { focusFirstField } from "./focus-first-field.ts";

interface DrawerProps {
	readonly isOpen: boolean;
	readonly onOpenChange: (isOpen: boolean) => void;
	readonly title: ReactNode;
	readonly description?: ReactNode;
	readonly children: ReactNode;
	readonly footer?: ReactNode;
	readonly side?: "left" | "right";
	/** The title is for screen readers only, and the content brings its own spacing. */
	readonly isBare?: boolean;
	readonly className?: string;
}

/** Keeps the page in view beside what is looked at or edited. */
export function Drawer(props: DrawerProps) {
	const {
		isOpen,
		onOpenChange,
		title,
		description,
		children,
		footer,
		side = "right",
		isBare = false,
	} = props;
	return (
		<Radix.Root open={isOpen} onOpenChange={onOpenChange}>
			<Radix.Portal>
				<Radix.Overlay className="fixed inset-0 z-40 bg-shade" />
				<Radix.Content
					onOpenAutoFocus={focusFirstField}
					{...(description === undefined ? { "aria-describedby": undefined } : {})}
					className={classNames(
						"slide-in fixed inset-y-0 z-50 flex w-full max-w-xl flex-col border-line bg-surface shadow-raised",
						side === "right" ? "right-0 border-l" : "left-0 border-r [--slide-from:-16px]",
						props.className,
					)}
				>
					<header
						className={
							isBare
								? "absolute top-2.5 right-4 z-10"
								: "flex items-start gap-4 border-line border-b px-5 py-4"
						}
					>
						<div className={isBare ? "sr-only" : "min-w-0 grow"}>
							<Radix.Title className="font-semibold text-ink text-lg">{title}</Radix.Title>
							{description !== undefined && (
								<Radix.Description className="mt-1 text-muted">{description}</Radix.Description>
							)}
						</div>
						<CloseButton />
					</header>
					<div data-fields className={classNames("grow overflow-y-auto", !isBare && "px-5 py-5")}>
						{children}
					</div>
					{footer !== undefined && (
						<footer className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3">
							{footer}
						</footer>
					)}
				</Radix.Content>
			</Radix.Portal>
		</Radix.Root>
	);
}
