import { describe, expect, it } from "vitest";
import { usedEndpoint } from "./__fixtures__/endpoint.ts";
import { checkDraft, draftOf } from "./endpoint-draft.ts";
import { timeoutsInWords } from "./timeout-words.ts";

const draft = draftOf(usedEndpoint);
const own = { ...usedEndpoint.timeouts, firstByteMs: 5000, totalMs: 60_000 };

describe("the form of an endpoint", () => {
	it("takes an empty timeout as the installation's", () => {
		const check = checkDraft({ ...draft, timeouts: { ...draft.timeouts, idleMs: " 500 " } });
		expect(check.ok && check.input).toEqual({
			priority: 0,
			timeouts: { connectMs: null, firstByteMs: null, idleMs: 500, totalMs: null },
		});
	});

	it("names every field at fault by its path", () => {
		const check = checkDraft({
			priority: "first",
			timeouts: { ...draft.timeouts, totalMs: "-1" },
		});
		const paths = check.ok ? [] : check.issues.map((issue) => issue.path);
		expect(paths.toSorted()).toEqual(["priority", "timeouts.totalMs"]);
	});

	it("gives back what is stored", () => {
		const check = checkDraft(draftOf({ ...usedEndpoint, priority: -3, timeouts: own }));
		expect(check.ok && check.input).toEqual({ priority: -3, timeouts: own });
	});
});

it("own timeouts can be said in words", () => {
	expect(timeoutsInWords(usedEndpoint.timeouts)).toBeUndefined();
	expect(timeoutsInWords(own)).toBe("first byte 5 s, total 1 min");
});
