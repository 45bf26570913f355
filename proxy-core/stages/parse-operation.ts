import type { Operation } from "../operations/define-operation.ts";
import type { FormRead } from "../operations/read-form.ts";
import type { Parsed, Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";

/** Form → request. Bodies in JSON take the stage that conversations take. */
export function parseForm(operation: Operation): Stage<Received & FormRead, Parsed> {
	return {
		name: "parse",
		run: ({ form: { json, files } }) => ({
			request: { ...operation.read(json, files), text: JSON.stringify(json), json, files },
		}),
	};
}
