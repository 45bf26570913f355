import { FileQuestionMark, LoaderCircle, RotateCw } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";

interface RequestMissingProps {
	readonly id: string;
	/** Still asking. */
	readonly isWaiting: boolean;
	readonly onRetry: () => void;
}

/** The ledger does not know the id, or not yet. */
export function RequestMissing({ id, isWaiting, onRetry }: RequestMissingProps) {
	const Icon = isWaiting ? LoaderCircle : FileQuestionMark;
	return (
		<Panel>
			<div role="status" className="flex flex-col items-center gap-3 px-6 py-10 text-center">
				<Icon
					aria-hidden="true"
					className={`size-7 text-faint ${isWaiting ? "animate-spin" : ""}`}
					strokeWidth={1.5}
				/>
				<h1 className="font-medium text-ink text-lg">
					{isWaiting ? "Still being recorded" : "Request not found"}
				</h1>
				<p className="max-w-md text-muted">
					{isWaiting
						? "A request is written down when its answer ends. This page asks again by itself."
						: "The ledger holds no request with this id that you may see. A running request appears when it has ended."}
				</p>
				<p className="break-all font-mono text-sm">{id}</p>
				{!isWaiting && (
					<Button size="small" onClick={onRetry}>
						<RotateCw aria-hidden="true" />
						Look again
					</Button>
				)}
			</div>
		</Panel>
	);
}
