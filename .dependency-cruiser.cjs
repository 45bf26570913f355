/** Import boundaries. Each rule is one sentence of docs/architecture.md. */
const TEST = "\\.(test|test-d|spec)\\.tsx?$|/__fixtures__/|^proxy-core/testing/";
module.exports = {
	forbidden: [
		{
			name: "no-cycles",
			severity: "error",
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
		},
		{
			name: "core-stands-alone",
			comment: "proxy-core imports only itself and npm packages.",
			severity: "error",
			from: { path: "^proxy-core/", pathNot: TEST },
			to: { path: "^(app|components|lib|prisma|e2e)/" },
		},
		{
			name: "core-contract-is-leaf",
			comment:
				"proxy-core/contract is shared with the browser, so it imports nothing else of core.",
			severity: "error",
			from: { path: "^proxy-core/contract/" },
			to: { path: "^proxy-core/", pathNot: "^proxy-core/contract/" },
		},
		{
			name: "siblings-are-strangers",
			comment: "A stage, guard or provider never imports its sibling.",
			severity: "error",
			from: {
				path: "^proxy-core/(stages|guards|providers)/([^/.]+)",
				pathNot: ["registry\\.ts$", TEST],
			},
			to: {
				path: "^proxy-core/$1/",
				pathNot: [
					"^proxy-core/$1/$2",
					"^proxy-core/guards/[^/]+\\.ts$",
					"/(define-[a-z]+|shared/.*|openai-compatible/.*)(\\.ts)?$",
				],
			},
		},
		{
			name: "contracts-are-leaf",
			severity: "error",
			from: { path: "^lib/contracts/" },
			to: { path: "^(app|components|prisma|lib/(client|server))/|^proxy-core/(?!contract/)" },
		},
		{
			name: "browser-never-imports-server",
			severity: "error",
			from: { path: "^(components|lib/client)/", pathNot: TEST },
			to: { path: "^(lib/server|prisma)/|^proxy-core/(?!contract/)|^app/" },
		},
		{
			name: "one-composition-root",
			comment:
				"Only server.ts boots; Next code reaches the running system through lib/server/runtime.ts.",
			severity: "error",
			from: { pathNot: ["^server\\.ts$", "^lib/server/boot\\.ts$", TEST, "^e2e/"] },
			to: { path: "^lib/server/boot\\.ts$" },
		},
		{
			name: "next-holds-no-live-core",
			comment:
				"app/ and services may name proxy-core types but not load its code: Next would bundle a second copy.",
			severity: "error",
			from: {
				path: "^(app|lib/server/(services|http|auth))/",
				// The doors stand in front of Next, in the server's own graph.
				pathNot: ["^lib/server/http/front-door\\.ts$", TEST],
			},
			to: {
				// Errors carry a brand and the bucket is plain arithmetic: a second copy of them is harmless.
				path: "^proxy-core/(?!contract/|errors/|limits/token-bucket)",
				dependencyTypesNot: ["type-only"],
			},
		},
		{
			name: "prisma-behind-repositories",
			severity: "error",
			from: { path: "^(app|lib/server/(services|http))/", pathNot: TEST },
			to: { path: "^prisma/|@prisma/client", dependencyTypesNot: ["type-only"] },
		},
		{
			name: "features-do-not-cross",
			severity: "error",
			from: { path: "^components/(?!ui/|charts/|forms/|layout/)([^/]+)/" },
			to: {
				path: "^components/",
				pathNot: ["^components/$1/", "^components/(ui|charts|forms|layout)/"],
			},
		},
		{
			name: "no-orphans",
			severity: "error",
			from: {
				orphan: true,
				path: "^(proxy-core|lib|components)/",
				pathNot: ["contract/meta\\.ts$", "/__fixtures__/", TEST],
			},
			to: {},
		},
	],
	options: {
		doNotFollow: { path: "node_modules" },
		includeOnly: "^(server\\.ts|app/|components/|lib/|prisma/|proxy-core/|e2e/|bench/|tools/)",
		// TypeScript 7 has no compiler interface in JavaScript; swc reads the sources instead, type imports
		// included.
		parser: "swc",
	},
};
