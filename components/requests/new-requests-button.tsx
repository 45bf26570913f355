import { ArrowUp } from "lucide-react";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import type { NewRequests } from "./new-requests.ts";

interface NewRequestsButtonProps {
	readonly fresh: NewRequests;
	readonly onShow: () => void;
	/** Over the list, where its head is scrolled away; takes no room, so that no row jumps. */
	readonly isFloating: boolean;
}

export function NewRequestsButton({ fresh, onShow, isFloating }: NewRequestsButtonProps) {
	if (fresh.count === 0) return null;
	const button = (
		<Button variant="primary" size="small" onClick={onShow} className="appear pointer-events-auto">
			<ArrowUp aria-hidden="true" />
			{fresh.isAtLeast ? "More than " : ""}
			{formatQuantity(fresh.count, "new request")}
		</Button>
	);
	if (!isFloating) return button;
	return (
		<div className="pointer-events-none sticky top-2 z-20 flex h-0 justify-center overflow-visible">
			{button}
		</div>
	);
}
