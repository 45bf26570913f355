import { describe, expect, it } from "vitest";
import type { OwnSignature } from "../contract/firewall-settings.ts";
import { defaultSettings } from "../contract/settings.ts";
import { compileFirewall } from "./compile-firewall.ts";

function nameSignature(literals: string[]): OwnSignature {
	return {
		id: "OWN-MANY",
		title: "Own",
		category: "other",
		severity: "low",
		mode: "enforce",
		literals,
		sources: [],
		endpoints: [],
	};
}

describe("compileFirewall", () => {
	it("lets others have a turn while it compiles as many own literals as the settings allow", async () => {
		const many = Array.from({ length: 10_000 }, (_, at) => `unusual phrase of the ${at}th kind`);
		const compiled = compileFirewall(defaultSettings.firewall).withOwn([nameSignature(many)]);
		const work = { turns: 0, isOver: false };
		const turn = (): void => {
			work.turns += 1;
			if (!work.isOver) setImmediate(turn);
		};
		setImmediate(turn);
		const firewall = await compiled;
		work.isOver = true;
		expect(work.turns).toBeGreaterThan(2);
		const { hits } = await firewall.search("an Unusual phrase of the 7777th kind!");
		expect(hits).toMatchObject([{ signature: { id: "OWN-MANY" }, disguises: [] }]);
	});

	it("finds the same whether it compiles with pauses or at once", async () => {
		const own = [
			nameSignature(["sp\u00e4te gl\u00fchw\u00fcrmchen", "<<secret>>", "the falcon papers leak"]),
		];
		const paused = await compileFirewall(defaultSettings.firewall).withOwn(own);
		const whole = compileFirewall({ ...defaultSettings.firewall, own });
		expect(paused.matcher.automaton).toEqual(whole.matcher.automaton);
		const text = "spate gluhwurmchen, <<secret>> and gur snypba cncref yrnx";
		expect((await paused.search(text)).hits).toEqual((await whole.search(text)).hits);
		expect((await paused.search(text)).hits.length).toBeGreaterThan(0);
	});
});
