"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "../../lib/format/class-names.ts";
import { focusFirstField } from "./focus-first-field.ts";

interface DialogProps {
	readonly isOpen: boolean;
	readonly onOpenChange: (isOpen: boolean) => void;
	readonly title: ReactNode;
	readonly description?: ReactNode;
	readonly children?: ReactNode;
	/** Buttons, the main one last. */
	readonly footer?: ReactNode;
	readonly width?: "small" | "medium" | "large";
	/** False: neither Esc nor a click outside closes it; for things shown only once. */
	readonly isDismissable?: boolean;
}

const widths = { small: "max-w-md", medium: "max-w-xl", large: "max-w-3xl" } as const;

export function Dialog(props: DialogProps) {
	const { isOpen, onOpenChange, title, description, children, footer, width = "small" } = props;
	const isDismissable = props.isDismissable ?? true;
	const holdOpen = (event: Event) => {
		if (!isDismissable) event.preventDefault();
	};
	return (
		<Radix.Root open={isOpen} onOpenChange={onOpenChange}>
			<Radix.Portal>
				<Radix.Overlay className="fixed inset-0 z-40 bg-shade" />
				<Radix.Content
					onOpenAutoFocus={focusFirstField}
					onEscapeKeyDown={holdOpen}
					onPointerDownOutside={holdOpen}
					{...(description === undefined ? { "aria-describedby": undefined } : {})}
					className={classNames(
						"appear fixed inset-x-3 top-[8vh] z-50 mx-auto flex max-h-[84vh] flex-col rounded-xl border border-line bg-raised shadow-raised",
						widths[width],
					)}
				>
					<header className="flex items-start gap-4 px-5 pt-5 pb-3">
						<div className="grow">
							<Radix.Title className="font-semibold text-ink text-lg">{title}</Radix.Title>
							{description !== undefined && (
								<Radix.Description className="mt-1 text-muted">{description}</Radix.Description>
							)}
						</div>
						{isDismissable && <CloseButton />}
					</header>
					{children !== undefined && (
						<div data-fields className="overflow-y-auto px-5 pb-5">
							{children}
						</div>
					)}
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

export function CloseButton() {
	return (
		<Radix.Close
			aria-label="Close"
			className="-mr-1.5 rounded-md p-1.5 text-muted hover:bg-sunken hover:text-ink"
		>
			<X aria-hidden="true" className="size-4" />
		</Radix.Close>
	);
}
