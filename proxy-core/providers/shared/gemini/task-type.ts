import { unsupported } from "../refuse.ts";

const taskTypes: Readonly<Record<string, string>> = {
	search_document: "RETRIEVAL_DOCUMENT",
	search_query: "RETRIEVAL_QUERY",
	classification: "CLASSIFICATION",
	clustering: "CLUSTERING",
};

/** Google's name for what vectors are for; its own names are taken as they are. */
export function taskTypeOf(inputType: string | undefined): string | undefined {
	if (inputType === undefined || /^[A-Z_]{1,40}$/.test(inputType)) return inputType;
	const known = taskTypes[inputType];
	if (known !== undefined) return known;
	throw unsupported("input_type", `Google knows no \`${inputType.slice(0, 40)}\`.`);
}
