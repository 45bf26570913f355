import { truncateMiddle } from "../../lib/format/truncate.ts";
import { CopyButton } from "./copy-button.tsx";
import { Tooltip } from "./tooltip.tsx";

interface MiddleTruncateProps {
	readonly text: string;
	/** Most characters to show. */
	readonly max?: number;
	readonly isMono?: boolean;
	readonly isCopyable?: boolean;
}

export function MiddleTruncate(props: MiddleTruncateProps) {
	const { text, max = 20, isMono = true, isCopyable = false } = props;
	const shown = truncateMiddle(text, max);
	const look = isMono ? "font-mono text-sm whitespace-nowrap" : "whitespace-nowrap";
	return (
		<span className="inline-flex items-center gap-1">
			{shown === text ? (
				<span className={look}>{text}</span>
			) : (
				<Tooltip content={<span className="break-all font-mono">{text}</span>}>
					<span className={look}>
						<span aria-hidden="true">{shown}</span>
						<span className="sr-only">{text}</span>
					</span>
				</Tooltip>
			)}
			{isCopyable && <CopyButton text={text} label={`Copy ${text}`} />}
		</span>
	);
}
