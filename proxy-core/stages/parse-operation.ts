import { checkBodyLimits } from "../limits/body-limits.ts";
import type { Operation } from "../operations/define-operation.ts";
import { fileNameSegments, withFileNames } from "../operations/file-names.ts";
import type { FormRead } from "../operations/read-form.ts";
import type { Identified, Parsed, Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";

/** Form → request. Bodies in JSON take the stage that conversations take. */
export function parseForm(
	operation: Operation,
): Stage<Received & FormRead & Partial<Identified>, Parsed> {
	return {
		name: "parse",
		run: (context) => {
			const { json: fields, files } = context.form;
			const facts = operation.read(fields, files);
			const json = withFileNames(fields, files);
			const segments = [...facts.segments, ...fileNameSegments(files)];
			const request = { ...facts, segments, text: JSON.stringify(json), json, files };
			checkBodyLimits(context, request);
			return { request };
		},
	};
}
