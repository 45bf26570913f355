/**
 * One step of a request's journey. A stage states what it needs (`In`) and
 * what it learns (`Adds`); it never edits what an earlier stage learned.
 *
 * `run` is a property, not a method: TypeScript checks method parameters
 * bivariantly, and a stage placed too early would then compile.
 */
export interface Stage<In extends object, Adds extends object> {
	readonly name: string;
	readonly run: (context: Readonly<In>) => Adds | Promise<Adds>;
}

/** A stage that goes out to somebody, and gives up when `signal` says so. */
export interface OutwardStage<In extends object, Adds extends object> {
	readonly name: string;
	readonly run: (context: Readonly<In>, signal: AbortSignal) => Promise<Adds>;
}

/** Told around each stage; feeds the request's trace. */
export interface StageObserver {
	readonly began: (stage: string) => void;
	readonly ended: (stage: string, error?: unknown) => void;
}

/** How a run ended, with every fact learned until then. */
export type Run<Start extends object, End extends object> =
	| { readonly ok: true; readonly context: End }
	| { readonly ok: false; readonly context: Start & Partial<End>; readonly error: unknown };

export interface Pipeline<Start extends object, End extends object> {
	/** Stage names in order. */
	readonly stages: readonly string[];
	/** Appends a stage. Does not compile unless earlier stages provide what it needs. */
	readonly use: <Adds extends object>(stage: Stage<End, Adds>) => Pipeline<Start, End & Adds>;
	/** Never rejects: a stage that throws ends the run, and the error is part of the result. */
	readonly run: (start: Start, observer: StageObserver) => Promise<Run<Start, End>>;
}

/**
 * `blank` has every fact that any stage adds, each undefined. An object that has all its members from
 * the start is read like a struct; one that grows to forty becomes a hash table.
 */
export function pipeline<Start extends object>(
	blank: Readonly<Record<string, undefined>> = {},
): Pipeline<Start, Start> {
	return append<Start, Start>([], blank);
}

function append<Start extends object, End extends object>(
	stages: readonly Stage<never, object>[],
	blank: Readonly<Record<string, undefined>>,
): Pipeline<Start, End> {
	return {
		stages: stages.map((stage) => stage.name),
		use: (stage) => append([...stages, stage as Stage<never, object>], blank),
		run: async (start, observer) => {
			// One object that is filled in: stages see it read-only, and a copy per stage would be the dearest step.
			const context: Record<string, unknown> = { ...blank, ...start };
			for (const stage of stages) {
				observer.began(stage.name);
				try {
					const adds = stage.run(context as never);
					learn(context, adds instanceof Promise ? await adds : adds);
				} catch (error) {
					observer.ended(stage.name, error);
					return { ok: false, context: context as unknown as Start & Partial<End>, error };
				}
				observer.ended(stage.name);
			}
			return { ok: true, context: context as unknown as End };
		},
	};
}

/** What `Object.assign` does, at a third of its price; most stages add nothing or one fact. */
function learn(context: Record<string, unknown>, adds: object): void {
	for (const fact in adds) context[fact] = adds[fact as keyof typeof adds];
}
