import { classNames } from "../../lib/format/class-names.ts";
import { CopyButton } from "./copy-button.tsx";

interface CodeBlockProps {
	readonly code: string;
	/** Says what it is, for screen readers: "curl command". */
	readonly label: string;
	readonly isWrapped?: boolean;
	readonly className?: string;
}

export function CodeBlock({ code, label, isWrapped = false, className }: CodeBlockProps) {
	return (
		<figure
			aria-label={label}
			className={classNames("relative min-w-0 rounded-md border border-line bg-sunken", className)}
		>
			<pre
				// biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
				tabIndex={0}
				className={classNames(
					"overflow-x-auto py-3 pr-12 pl-3.5 font-mono text-ink text-sm",
					isWrapped && "whitespace-pre-wrap break-all",
				)}
			>
				<code>{code}</code>
			</pre>
			<div className="absolute top-1.5 right-1.5 rounded bg-sunken">
				<CopyButton text={code} label={`Copy ${label}`} />
			</div>
		</figure>
	);
}
