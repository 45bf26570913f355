import { describe, expect, it } from "vitest";
import { codeSamples } from "./request-code.ts";

const url = "http://gw:8090/v1";
const request = {
	model: "simulator/echo",
	messages: [{ role: "user", content: 'It\'s "fine"\nreally' }],
	temperature: 0,
};
const sample = (id: string, body: Parameters<typeof codeSamples>[0] = request) =>
	codeSamples(body, url).find((one) => one.id === id)?.code ?? "";

describe("codeSamples", () => {
	it("shows the request itself", () => {
		expect(JSON.parse(sample("json"))).toEqual(request);
	});

	it("quotes the body for a shell", () => {
		const quoted = /-d '(.*)'$/s.exec(sample("curl"))?.[1] ?? "";
		expect(JSON.parse(quoted.replaceAll("'\\''", "'"))).toEqual(request);
		expect(sample("curl")).toContain("$LLMPROXY_KEY");
	});

	it("writes Python's own literals", () => {
		const code = sample("python", {
			...request,
			stream: true,
			tools: [{ strict: false, note: null }],
		});
		expect(code).toContain(`tools=[{"strict": False, "note": None}],`);
		expect(code).toContain("stream=True,");
		expect(code).toContain("for chunk in stream:");
		expect(code).toContain(`os.environ["LLMPROXY_KEY"]`);
	});

	it("writes an object that TypeScript reads back as the request", () => {
		const code = sample("typescript");
		const literal = /create\((.*)\);\nconsole/s.exec(code)?.[1] ?? "";
		expect(new Function(`return ${literal}`)()).toEqual(request);
	});

	it("breaks long lists over lines", () => {
		const long = { ...request, stop: ["a".repeat(40), "b".repeat(40)] };
		expect(sample("typescript", long)).toContain(`\n  stop: [\n    "${"a".repeat(40)}",\n`);
	});
});
