import { Dialog } from "../ui/dialog.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { triageKeys } from "./use-triage-keys.ts";

interface KeysSheetProps {
	readonly isOpen: boolean;
	readonly onOpenChange: (isOpen: boolean) => void;
}

export function KeysSheet({ isOpen, onOpenChange }: KeysSheetProps) {
	return (
		<Dialog
			isOpen={isOpen}
			onOpenChange={onOpenChange}
			title="Keys of this page"
			description="They work wherever you are not writing."
		>
			<dl className="flex flex-col gap-2.5">
				{triageKeys.map(({ key, does }) => (
					<div key={key} className="flex items-baseline gap-4">
						<dt className="w-10 shrink-0">
							<Kbd>{key}</Kbd>
						</dt>
						<dd className="text-ink">{does}</dd>
					</div>
				))}
			</dl>
		</Dialog>
	);
}
