import { classNames } from "../../lib/format/class-names.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import type { VerdictAction } from "../../proxy-core/contract/verdict.ts";
import { verdictActions } from "../../proxy-core/contract/verdict.ts";
import { actionWords } from "./inspection-words.ts";
import { findingId, markId, reveal } from "./reveal.ts";
import type { TextPiece, TextSpan } from "./text-spans.ts";
import { cutText } from "./text-spans.ts";

export interface TextMark extends TextSpan {
	/** Of the finding in the list of findings. */
	readonly index: number;
	readonly rule: string;
	readonly action: VerdictAction;
}

/** Colour and line both tell what was done, so that neither is needed. */
const looks: Readonly<Record<VerdictAction, string>> = {
	allow: "bg-sunken text-ink decoration-dotted",
	flag: "bg-flagged-soft text-flagged-ink decoration-dotted",
	redact: "bg-redacted-soft text-redacted-ink decoration-dashed",
	block: "bg-blocked-soft text-blocked-ink decoration-solid",
};

interface MarkedTextProps {
	readonly text: string;
	readonly marks: readonly TextMark[];
	readonly label: string;
}

/** A text with what was found in it; each finding has its number where it begins, which leads to it. */
export function MarkedText({ text, marks, label }: MarkedTextProps) {
	return (
		<section
			aria-label={label}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
			tabIndex={0}
			className="max-h-96 overflow-y-auto whitespace-pre-wrap break-words rounded-md border border-line bg-sunken px-3.5 py-3 text-ink"
		>
			{text === "" && <span className="text-muted">No text.</span>}
			{cutText(text, marks).map((piece) => (
				<Piece key={piece.start} piece={piece} />
			))}
		</section>
	);
}

function Piece({ piece }: { readonly piece: TextPiece<TextMark> }) {
	const { text, spans, begins, hidden, rest } = piece;
	const numbers = begins.map((mark) => <NumberButton key={mark.id} mark={mark} />);
	if (spans.length === 0) {
		return (
			<>
				{numbers}
				{text}
				{hidden > 0 && (
					<span className="text-muted italic">
						{" "}
						… {formatQuantity(hidden, "character")} without a finding …{" "}
					</span>
				)}
				{rest}
			</>
		);
	}
	const strongest = spans.reduce(
		(worst, { action }) =>
			verdictActions.indexOf(action) > verdictActions.indexOf(worst) ? action : worst,
		"allow" as VerdictAction,
	);
	return (
		<>
			{numbers}
			<mark
				className={classNames(
					"rounded-sm underline underline-offset-2",
					looks[strongest],
					spans.length > 1 ? "decoration-4" : "decoration-2",
				)}
			>
				{text}
			</mark>
		</>
	);
}

function NumberButton({ mark: { index, rule, action } }: { readonly mark: TextMark }) {
	return (
		<button
			type="button"
			id={markId(index)}
			aria-label={`Finding ${index + 1}: ${rule}, ${actionWords[action].toLowerCase()}`}
			onClick={() => reveal(findingId(index))}
			className="mx-0.5 inline-flex min-h-6 min-w-6 items-center justify-center rounded border border-line-strong bg-surface px-1 align-baseline font-medium text-ink text-xs"
		>
			{index + 1}
		</button>
	);
}
