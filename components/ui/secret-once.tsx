import { KeyRound } from "lucide-react";
import { CopyButton } from "./copy-button.tsx";

interface SecretOnceProps {
	readonly secret: string;
	/** What it is: "API key". */
	readonly label: string;
	readonly onCopied?: () => void;
}

/** Shows a credential that the server will never show again. Keep it in `useState` only. */
export function SecretOnce({ secret, label, onCopied }: SecretOnceProps) {
	return (
		<div className="rounded-lg border border-caution bg-caution-soft p-3.5">
			<p className="flex items-center gap-2 text-caution-ink">
				<KeyRound aria-hidden="true" className="size-4 shrink-0" />
				Copy it now. Only a hash is stored, so it cannot be shown again.
			</p>
			<div className="mt-2.5 flex items-center gap-2 rounded-md border border-line bg-surface py-1 pr-1 pl-3">
				<output
					aria-label={label}
					className="min-w-0 grow select-all break-all font-mono text-ink text-sm"
				>
					{secret}
				</output>
				<CopyButton
					text={secret}
					label={`Copy ${label}`}
					isTextShown
					{...(onCopied === undefined ? {} : { onCopied })}
				/>
			</div>
		</div>
	);
}
