"use client";

import { usePathname } from "next/navigation";
import { useSyncExternalStore } from "react";
import { CopyButton } from "../ui/copy-button.tsx";

/** The page's address without the filters of the list one came from. */
export function CopyLink() {
	const pathname = usePathname();
	const origin = useSyncExternalStore(
		() => () => {},
		() => window.location.origin,
		() => "",
	);
	return <CopyButton text={`${origin}${pathname}`} label="Copy link" isTextShown />;
}
