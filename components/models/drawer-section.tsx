import type { ReactNode } from "react";

interface DrawerSectionProps {
	readonly title: string;
	readonly children: ReactNode;
}

export function DrawerSection({ title, children }: DrawerSectionProps) {
	return (
		<section className="flex flex-col gap-2">
			<h3 className="font-semibold text-ink">{title}</h3>
			{children}
		</section>
	);
}
