import { ArrowUp } from "lucide-react";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import type { NewRequests } from "./new-requests.ts";

interface NewRequestsButtonProps {
	readonly fresh: NewRequests;
	readonly onShow: () => void;
}

/** Floats over the list and takes no room, so that rows do not jump under a pointer. */
export function NewRequestsButton({ fresh, onShow }: NewRequestsButtonProps) {
	if (fresh.count === 0) return null;
	return (
		<div className="pointer-events-none sticky top-2 z-20 flex h-0 justify-center overflow-visible">
			<Button
				variant="primary"
				size="small"
				onClick={onShow}
				className="appear pointer-events-auto mt-2 shadow-raised"
			>
				<ArrowUp aria-hidden="true" />
				{fresh.isAtLeast ? "More than " : ""}
				{formatQuantity(fresh.count, "new request")}
			</Button>
		</div>
	);
}
