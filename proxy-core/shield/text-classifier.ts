/** A second reader that is slower and larger than the detector that ships: a fine-tuned transformer. */
export interface TextClassifier {
	/**
	 * How likely each text is an attack, from 0 to 1, without holding the event loop. Rejects when it
	 * does not run, has too much to do already or fails, and with the signal's reason once that is aborted.
	 */
	readonly classify: (
		texts: readonly string[],
		options: { readonly signal: AbortSignal },
	) => Promise<readonly number[]>;
}
