import type { InjectionDetector } from "../../proxy-core/shield/detector.ts";
import { createInjectionDetector } from "../../proxy-core/shield/detector.ts";
import type { HeldOutScore } from "./calibrate.ts";
import type { LabelledText } from "./dataset.ts";
import { standsInDocument } from "./dataset.ts";
import type { FitOptions } from "./fit-detector.ts";
import { fitDetector } from "./fit-detector.ts";
import type { PreparedText } from "./prepare-examples.ts";

export interface HeldOutText extends HeldOutScore {
	readonly text: LabelledText;
}

export interface LeaveOutOptions extends FitOptions {
	readonly folds: number;
	readonly progress: (message: string) => void;
}

/**
 * Judges every text with a detector that was trained without its source, and without the sources whose
 * names begin alike. Texts made from another follow that one.
 */
export function judgeLeftOut(
	texts: readonly LabelledText[],
	training: readonly PreparedText[],
	options: LeaveOutOptions,
): readonly HeldOutText[] {
	const families = familyFolds(texts, options.folds);
	const byId = new Map(texts.map((text) => [text.id, text]));
	const foldOf = (text: LabelledText): number => {
		const plain = byId.get(text.base ?? text.id) ?? text;
		return families.get(familyOf(plain.source)) ?? 0;
	};
	return Array.from({ length: options.folds }, (_, fold) => fold).flatMap((fold) => {
		const heldOut = texts.filter((text) => foldOf(text) === fold);
		if (heldOut.length === 0) return [];
		const others = training.filter((text) => text.origin !== "data" || foldOf(text) !== fold);
		const detect = createInjectionDetector(fitDetector(others, options));
		options.progress(`fold ${fold + 1} of ${options.folds}: ${heldOut.length} texts left out`);
		return heldOut.map((text) => judge(detect, text));
	});
}

function judge(detect: InjectionDetector, text: LabelledText): HeldOutText {
	const { raw, kind } = detect(text.text, standsInDocument(text) ? "tool-result" : "user");
	return { raw, kind, isAttack: text.isAttack, source: text.source, text };
}

function familyOf(source: string): string {
	return source.split("-")[0] ?? source;
}

/** Families in folds of about the same size, the largest first. */
function familyFolds(texts: readonly LabelledText[], folds: number): ReadonlyMap<string, number> {
	const families = Map.groupBy(texts, ({ source }) => familyOf(source));
	const sorted = [...families].sort(
		(a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0]),
	);
	const sizes = new Array<number>(folds).fill(0);
	return new Map(
		sorted.map(([family, members]) => {
			const fold = sizes.indexOf(Math.min(...sizes));
			sizes[fold] = (sizes[fold] ?? 0) + members.length;
			return [family, fold];
		}),
	);
}
