import { describe, expect, it } from "vitest";
import { codesOf } from "../../normalise/text-codes.ts";
import { conceptStems } from "./concepts.ts";
import { createStemTrie } from "./stem-trie.ts";

const isWordPart = (code: number) => /[\p{L}\p{N}]/u.test(String.fromCharCode(code));

describe("createStemTrie", () => {
	const trie = createStemTrie(
		[
			{ text: "ignor", isWhole: false, concept: 0 },
			{ text: "dan", isWhole: true, concept: 1 },
			{ text: "do not tell", isWhole: true, concept: 2 },
			{ text: "忽略", isWhole: false, concept: 3 },
		],
		isWordPart,
	);

	it("matches the beginning of a word", () => {
		expect(trie.conceptsAt(codesOf("please ignore it"), 7)).toBe(1);
		expect(trie.conceptsAt(codesOf("please ignore it"), 8)).toBe(0);
	});

	it("matches whole words only where it should", () => {
		expect(trie.conceptsAt(codesOf("dan!"), 0)).toBe(2);
		expect(trie.conceptsAt(codesOf("dance"), 0)).toBe(0);
	});

	it("reads phrases over line breaks", () => {
		expect(trie.conceptsAt(codesOf("do\nnot tell him"), 0)).toBe(4);
	});

	it("matches scripts without blanks anywhere", () => {
		expect(trie.conceptsAt(codesOf("请忽略它"), 1)).toBe(8);
	});

	it("looks no farther ahead than its longest stem, so a scan is linear", () => {
		expect(createStemTrie(conceptStems(), isWordPart).lengthMax).toBeLessThanOrEqual(40);
	});
});
