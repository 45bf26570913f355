"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "../../lib/format/class-names.ts";

interface DropdownMenuProps {
	/** The one button that opens the menu. */
	readonly trigger: ReactElement;
	readonly children: ReactNode;
	readonly align?: "start" | "center" | "end";
}

export function DropdownMenu({ trigger, children, align = "end" }: DropdownMenuProps) {
	return (
		<Radix.Root modal={false}>
			<Radix.Trigger asChild>{trigger}</Radix.Trigger>
			<Radix.Portal>
				<Radix.Content
					align={align}
					sideOffset={4}
					collisionPadding={8}
					className="appear z-50 max-h-[70vh] min-w-44 overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-raised"
				>
					{children}
				</Radix.Content>
			</Radix.Portal>
		</Radix.Root>
	);
}

const itemStyle =
	"flex cursor-pointer select-none items-center gap-2.5 rounded px-2.5 py-1.5 outline-none data-[disabled]:pointer-events-none data-[disabled]:opacity-50 data-[highlighted]:bg-accent-soft data-[highlighted]:text-accent-ink [&_svg]:size-4 [&_svg]:shrink-0";

interface MenuItemProps {
	readonly children: ReactNode;
	readonly icon?: ReactNode;
	readonly onSelect?: () => void;
	readonly tone?: "normal" | "danger";
	readonly disabled?: boolean;
	/** The one child is a link and becomes the item. */
	readonly asChild?: boolean;
}

export function MenuItem(props: MenuItemProps) {
	const { children, icon, onSelect, tone = "normal", disabled = false, asChild = false } = props;
	return (
		<Radix.Item
			asChild={asChild}
			disabled={disabled}
			onSelect={() => onSelect?.()}
			className={classNames(itemStyle, tone === "danger" && "text-danger-ink")}
		>
			{asChild ? (
				children
			) : (
				<>
					{icon}
					{children}
				</>
			)}
		</Radix.Item>
	);
}

interface MenuCheckboxProps {
	readonly children: ReactNode;
	readonly isChecked: boolean;
	readonly onChange: (isChecked: boolean) => void;
	readonly disabled?: boolean;
}

/** Stays open, so that several can be changed in a row. */
export function MenuCheckbox({ children, isChecked, onChange, disabled }: MenuCheckboxProps) {
	return (
		<Radix.CheckboxItem
			checked={isChecked}
			onCheckedChange={onChange}
			onSelect={(event) => event.preventDefault()}
			disabled={disabled === true}
			className={classNames(itemStyle, "pl-8", "relative")}
		>
			<Radix.ItemIndicator className="absolute left-2.5">
				<Check aria-hidden="true" />
			</Radix.ItemIndicator>
			{children}
		</Radix.CheckboxItem>
	);
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
	return <Radix.Label className="px-2.5 py-1.5 text-faint text-xs">{children}</Radix.Label>;
}

export function MenuSeparator() {
	return <Radix.Separator className="my-1 h-px bg-line" />;
}
