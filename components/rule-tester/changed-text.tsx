import type { TextChange } from "./text-changes.ts";
import { changesBetween } from "./text-changes.ts";

interface ChangedTextProps {
	readonly before: string;
	readonly after: string;
	readonly label: string;
}

/** A text as it leaves, with what stands in the place of something else, and what was taken out. */
export function ChangedText({ before, after, label }: ChangedTextProps) {
	return (
		<section
			aria-label={label}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
			tabIndex={0}
			className="max-h-96 overflow-y-auto whitespace-pre-wrap break-words rounded-md border border-line bg-sunken px-3.5 py-3 text-ink"
		>
			{changesBetween(before, after).map((change, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: the parts of two fixed texts never change.
				<Part key={index} change={change} />
			))}
		</section>
	);
}

function Part({ change: { kind, text } }: { readonly change: TextChange }) {
	switch (kind) {
		case "same":
			return text;
		case "gone":
			return <del className="rounded-sm bg-danger-soft text-danger-ink line-through">{text}</del>;
		case "new":
			return <ins className="rounded-sm bg-ok-soft text-ok-ink underline decoration-2">{text}</ins>;
	}
}
