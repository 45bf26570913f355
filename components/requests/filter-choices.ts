import type { RequestSummary } from "../../lib/contracts/requests.ts";
import { servedModel } from "./request-words.ts";

/** Values that would find something, to choose from. */
export interface FilterChoices {
	readonly models: readonly string[];
	readonly providers: readonly string[];
	readonly ips: readonly string[];
}

/** `models` are the names that the catalogue offers; the rows add what was really asked for. */
export function choicesOf(
	rows: readonly Pick<RequestSummary, "requestedModel" | "provider" | "model" | "ip">[],
	models: readonly { readonly id: string; readonly provider: string }[],
): FilterChoices {
	return {
		models: unique([
			...models.map(({ id }) => id),
			...rows.flatMap((row) => [row.requestedModel, servedModel(row)]),
		]),
		providers: unique([
			...models.map(({ provider }) => provider),
			...rows.map(({ provider }) => provider),
		]),
		ips: unique(rows.map(({ ip }) => ip)),
	};
}

function unique(values: readonly (string | null)[]): readonly string[] {
	const known = values.filter((value): value is string => value !== null && value !== "");
	return [...new Set(known)].toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
}
