import fc from "fast-check";
import { checkSync } from "recheck";
import { describe, expect, it } from "vitest";
import type { EgressAnswer } from "../../egress/bounded-fetch.ts";
import { configuredGuard, idleServices, testView } from "../../testing/guards.ts";
import { cutAt, judged, streamed } from "../../testing/judge-answer-text.ts";
import { guard } from "./guard.ts";
import { mentionPatterns, readMentions } from "./read-mentions.ts";

const packages = configuredGuard(guard);
const namesIn = (text: string) =>
	readMentions(text).map(({ ecosystem, name }) => `${ecosystem}:${name}`);

describe("packages in a text", () => {
	it.each([
		[
			"npm install lodash @scope/a-b@1.2.3 --save-dev 'react@^19'",
			["npm:lodash", "npm:@scope/a-b", "npm:react"],
		],
		["$ sudo pnpm add -D vitest && yarn add left-pad", ["npm:vitest", "npm:left-pad"]],
		["npx create-next-app@latest my-thing --ts", ["npm:create-next-app"]],
		["Run `bun add hono`, then `npm i zod`.", ["npm:hono", "npm:zod"]],
		["Use npm install lodash and then start it", ["npm:lodash"]],
		[
			'pip install -r requirements.txt requests[socks]==2.31 "flask>=3"',
			["pypi:requests", "pypi:flask"],
		],
		["RUN python3 -m pip install --no-cache-dir numpy && rm -rf /tmp", ["pypi:numpy"]],
		["uv add httpx; poetry add rich; pipx run black .", ["pypi:httpx", "pypi:rich", "pypi:black"]],
		["cargo add serde --features derive", ["cargo:serde"]],
		["gem install rails -v 7.1", ["gem:rails"]],
		["go get github.com/gin-gonic/gin@v1.9", ["go:github.com/gin-gonic/gin"]],
		["composer require laravel/framework", ["composer:laravel/framework"]],
		["dotnet add package Newtonsoft.Json", ["nuget:Newtonsoft.Json"]],
		[
			"import a from 'lodash/fp';\nconst b = require(\"@aws-sdk/client-s3\");",
			["npm:lodash", "npm:@aws-sdk/client-s3"],
		],
		["import x from './x'; import fs from 'node:fs'; import y from '@/y';", []],
		["numpy==1.26.4\npandas>=2.0\n", ["pypi:numpy", "pypi:pandas"]],
		[
			'{\n "dependencies": {\n  "left-pad": "^1.3.0",\n  "version": "1.0.0"\n }\n}',
			["npm:left-pad"],
		],
		["gem 'puma', '~> 6.0'", ["gem:puma"]],
		['implementation("com.google.guava:guava:33.0.0-jre")', ["maven:com.google.guava:guava"]],
		["npm install ./local ../other git+ssh://x <name> user/repo", []],
		["Please install the update and add it to your calendar from 'now' on.", ["npm:now"]],
	])("are read from %s", (text, names) => {
		expect(namesIn(text)).toEqual(names);
	});
});

describe("the package-names guard", () => {
	it.each([
		["npm install expresss", "expresss"],
		["npm install lodahs", "lodahs"],
		["pip install reqeusts", "reqeusts"],
		["pip install python-dateuti1 tensorfow", "tensorfow"],
		["import x from 'tailwindcs'", "tailwindcs"],
		["npm i crossenv", "crossenv"],
		["cargo add serd_json", "serd_json"],
	])("flags a name like that of a known package: %s", async (text, name) => {
		const { findings, text: sent } = await judged(packages, text);
		expect(sent).toBe(text);
		expect(findings.map(({ rule, start, end }) => [rule, text.slice(start, end)])).toContainEqual([
			"lookalike-package",
			name,
		]);
	});

	it("leaves alone what is known, private, or like nothing", async () => {
		const own = configuredGuard(guard, {
			privatePrefixes: ["@acme/", "reqe"],
			blockedNames: ["Left-Pad"],
		});
		expect(
			(await judged(own, "pip install reqeusts reqests-2; npm i @acme/expresss")).findings,
		).toEqual([]);
		expect(
			(await judged(packages, "npm i preact vitest some-name-of-my-own; pip install boto3 pypdf"))
				.findings,
		).toEqual([]);
		expect((await judged(own, "npm i left-pad")).findings).toMatchObject([
			{ rule: "blocked-package" },
		]);
	});

	it("redacts the same for every chunking", async () => {
		const text =
			"First `npm install expresss react` and then\n```js\nimport y from 'lodahs/fp';\n```\npip install reqeusts numpy\n";
		const redacting = configuredGuard(guard, { action: "redact" });
		const whole = await judged(redacting, text);
		expect(whole.findings).toHaveLength(3);
		await fc.assert(
			fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 40 }), async (cuts) => {
				const parts = await streamed(redacting, cutAt(text, cuts));
				expect([parts.text, parts.findings.length]).toEqual([whole.text, 3]);
			}),
			{ numRuns: 300 },
		);
	});
});

describe("look-ups in registries", () => {
	const registries = [
		{ ecosystem: "npm", url: "https://registry.test/{name}/latest" },
		{ ecosystem: "go", url: "https://modules.test/{name}/@latest" },
		{ ecosystem: "maven", url: "https://repository.test/{group}/{artifact}/maven-metadata.xml" },
	];
	function asking(answer: (url: string) => number | Promise<number>) {
		const urls: string[] = [];
		const fetch = async ({ url }: { url: string }): Promise<EgressAnswer> => {
			urls.push(url);
			return { status: await answer(url), headers: {}, body: "", url };
		};
		const view = testView({ services: { ...idleServices, fetch } });
		return { urls, view, looking: configuredGuard(guard, { registryLookup: true, registries }) };
	}

	it("find a package that does not exist, in JSON and in streams", async () => {
		const { looking, view, urls } = asking((url) => (url.includes("made-up") ? 404 : 200));
		const text = "npm install react totally-made-up @a/b\n";
		const { findings } = await judged(looking, text, view);
		expect(findings.map(({ rule, start, end }) => [rule, text.slice(start, end)])).toEqual([
			["unknown-package", "totally-made-up"],
		]);
		expect((await streamed(looking, text.split(""), view)).findings).toMatchObject([
			{ rule: "unknown-package" },
		]);
		// The second answer was remembered.
		expect(urls).toEqual(
			["react", "totally-made-up", "%40a%2Fb"].map(
				(name) => `https://registry.test/${name}/latest`,
			),
		);
	});

	it("write names as each registry wants them", async () => {
		const { looking, view, urls } = asking(() => 200);
		await judged(
			looking,
			"go get github.com/Azure/sdk\nimplementation 'org.a.b:c-d:1.0'\npip install rich",
			view,
		);
		expect(urls).toEqual([
			"https://modules.test/github.com/!azure/sdk/@latest",
			"https://repository.test/org/a/b/c-d/maven-metadata.xml",
		]);
	});

	it("prove nothing when the registry fails, and are not made for private names", async () => {
		const failing = asking((url) =>
			url.includes("one") ? 503 : Promise.reject(new Error("timeout")),
		);
		expect(
			(await judged(failing.looking, "npm i made-up-one made-up-two", failing.view)).findings,
		).toEqual([]);
		const { view, urls } = asking(() => 404);
		const own = configuredGuard(guard, {
			registryLookup: true,
			registries,
			privatePrefixes: ["@acme/"],
		});
		expect((await judged(own, "npm i @acme/thing", view)).findings).toEqual([]);
		expect(urls).toEqual([]);
	});

	it("are not made unless they are switched on", async () => {
		const { view, urls } = asking(() => 404);
		await judged(configuredGuard(guard, { registries }), "npm i made-up", view);
		expect(urls).toEqual([]);
	});
});

describe("the patterns", () => {
	// How often a class may occur changes the automaton's size, not its ambiguity.
	const small = (source: string) =>
		source.replace(/\{(\d+),\d{2,}\}/g, (_, least) => `{${Math.min(Number(least), 2)},4}`);

	it.each(mentionPatterns.map(({ source, flags }) => [source, flags]))(
		"%s takes time in proportion to the text",
		(source, flags) => {
			const { status } = checkSync(small(source), flags.replace("g", ""), {
				checker: "automaton",
				timeout: 30_000,
			});
			expect(status).toBe("safe");
		},
		40_000,
	);
});
