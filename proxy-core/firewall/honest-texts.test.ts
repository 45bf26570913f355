import { describe, expect, test } from "vitest";
import { defaultSettings } from "../contract/settings.ts";
import { honestTexts, textsAboutSecurity } from "./__fixtures__/honest-texts.ts";
import { compileFirewall } from "./compile-firewall.ts";

const firewall = compileFirewall(defaultSettings.firewall);
const subject = { endpoint: "chat.completions", keyId: undefined, teamId: null } as const;

async function modesOf(text: string): Promise<readonly string[]> {
	const { hits } = await firewall.search(text);
	return hits.map(({ signature, disguises }) =>
		firewall.modeOf({ signature, isDisguised: disguises.length > 0 }, subject),
	);
}

const bodyOf = (content: unknown) => JSON.stringify({ messages: [{ role: "user", content }] });
/** What some clients send: every character outside ASCII, and `<`, `>` and `&`, as an escape. */
const asciiOnly = (json: string) =>
	json.replace(
		/[^ -%'-;=?-~]/g,
		(char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);

describe("honest texts", () => {
	test.each(honestTexts)("are not found: %s", async (text) => {
		expect(await modesOf(bodyOf(text))).toEqual([]);
		expect(await modesOf(asciiOnly(bodyOf(text)))).toEqual([]);
		expect(await modesOf(bodyOf(JSON.stringify({ text })))).toEqual([]);
	});

	test.each(textsAboutSecurity)("about attacks are not refused: %s", async (text) => {
		for (const body of [bodyOf(text), asciiOnly(bodyOf(text)), bodyOf(JSON.stringify({ text }))]) {
			expect(await modesOf(body)).not.toContain("enforce");
		}
	});

	test("are not found in a long chat, a table, or all of them together", async () => {
		const chat = Array.from({ length: 300 }, (_, at) => ({
			role: at % 2 === 0 ? "user" : "assistant",
			content: honestTexts[at % honestTexts.length],
		}));
		expect(await modesOf(JSON.stringify({ messages: chat }))).toEqual([]);
		const rows = Array.from(
			{ length: 4000 },
			(_, at) => `| ${at} | item ${at % 7} | ${at * 3},00 |`,
		);
		expect(await modesOf(bodyOf(rows.join("\n")))).toEqual([]);
		expect(await modesOf(bodyOf(honestTexts.join("\n")))).toEqual([]);
	});
});
