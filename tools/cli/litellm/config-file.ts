import { LineCounter, parseDocument } from "yaml";

/** Keys and indexes from the top of the file. */
export type Path = readonly (string | number)[];
export type Fields = Readonly<Record<string, unknown>>;

/** One thing in a file that makes it unusable. */
export interface FileProblem {
	/** Counted from 1. */
	readonly line: number;
	readonly message: string;
}

export interface ConfigFile {
	readonly value: Fields;
	/** Undefined: there is nothing at this path. */
	readonly lineOf: (path: Path) => number | undefined;
}

/** Thrown with every problem at once. */
export class UnusableFileError extends Error {
	override readonly name = "UnusableFileError";
	readonly problems: readonly FileProblem[];

	constructor(problems: readonly FileProblem[], options?: ErrorOptions) {
		super(`The file has ${problems.length} problem(s).`, options);
		this.problems = problems;
	}
}

const sections = [
	"litellm_settings",
	"router_settings",
	"general_settings",
	"environment_variables",
] as const;

/**
 * Reads LiteLLM's configuration as LiteLLM does (YAML 1.1) and checks its frame: what the rest cannot
 * do without. Throws `UnusableFileError`.
 */
export function readConfig(text: string): ConfigFile {
	const counter = new LineCounter();
	const document = parseDocument(text, { lineCounter: counter, version: "1.1", merge: true });
	if (document.errors.length > 0) {
		throw new UnusableFileError(
			document.errors.map((error) => ({
				line: counter.linePos(error.pos[0]).line,
				message: error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? "",
			})),
		);
	}
	const lineOf = (path: Path): number | undefined => {
		const node = document.getIn(path, true) as { range?: readonly number[] } | undefined;
		const start = node?.range?.[0];
		return start === undefined ? undefined : counter.linePos(start).line;
	};
	// A few aliases are plenty; a bomb of them would fill the memory.
	const value: unknown = document.toJS({ maxAliasCount: 1000 });
	const problems = problemsOf(value).map(({ path, message }) => ({
		line: nearestLine(path, lineOf),
		message,
	}));
	if (problems.length > 0) throw new UnusableFileError(problems);
	return { value: value as Fields, lineOf };
}

interface PlacedProblem {
	readonly path: Path;
	readonly message: string;
}

function problemsOf(value: unknown): PlacedProblem[] {
	if (!isFields(value)) {
		return [{ path: [], message: "A configuration of LiteLLM is a mapping with model_list." }];
	}
	const known = ["model_list", ...sections];
	if (!known.some((name) => name in value)) {
		return [{ path: [], message: `None of ${known.join(", ")} is there.` }];
	}
	const models = value["model_list"];
	return [
		...sections
			.filter((name) => value[name] != null && !isFields(value[name]))
			.map((name) => ({ path: [name], message: `${name} must be a mapping.` })),
		...(models == null || Array.isArray(models)
			? (models ?? []).flatMap(modelProblems)
			: [{ path: ["model_list"], message: "model_list must be a list." }]),
	];
}

function modelProblems(entry: unknown, index: number): PlacedProblem[] {
	const path = ["model_list", index];
	if (!isFields(entry)) return [{ path, message: "An entry of model_list must be a mapping." }];
	const problems: PlacedProblem[] = [];
	if (typeof entry["model_name"] !== "string" || entry["model_name"] === "") {
		problems.push({ path, message: "model_name is missing." });
	}
	const params = entry["litellm_params"];
	if (!isFields(params)) {
		problems.push({ path, message: "litellm_params is missing." });
	} else if (typeof params["model"] !== "string" || params["model"] === "") {
		problems.push({
			path: [...path, "litellm_params"],
			message: "litellm_params.model is missing.",
		});
	}
	return problems;
}

/** Of the place itself, or of what it would stand in. */
export function nearestLine(path: Path, lineOf: ConfigFile["lineOf"]): number {
	for (let length = path.length; length > 0; length -= 1) {
		const line = lineOf(path.slice(0, length));
		if (line !== undefined) return line;
	}
	return 1;
}

export function isFields(value: unknown): value is Fields {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
