import type { ModelFolder } from "./model-folder.ts";

/** What the classifier's process needs to begin. */
export interface LoadOrder {
	readonly model: ModelFolder;
	readonly packageFile: string;
	/** Processor cores that one inference may use. */
	readonly threads: number;
}

/** What the classifier's process can be asked. */
export type ClassifierTalk = {
	/** Answered when the model is in memory and has scored a first text. */
	readonly load: { readonly asked: LoadOrder; readonly answered: { readonly tokensMax: number } };
	/** One score a text, in their order. */
	readonly score: {
		readonly asked: { readonly job: number; readonly texts: readonly string[] };
		readonly answered: readonly number[];
	};
	/** A job that nobody waits for any more ends before its next window. */
	readonly cancel: { readonly asked: { readonly job: number }; readonly answered: null };
};
