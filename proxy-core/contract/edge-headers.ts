/**
 * What an edge in front of the gateway says about a connection. Anybody could send these headers, so
 * whoever accepts connections removes them unless a trusted proxy sent them: see
 * `lib/server/http/edge-claims.ts`.
 */
export const edgeHeaders = {
	fingerprint: [
		"x-ja4",
		"x-ja4-hash",
		"cf-ja4",
		"cloudfront-viewer-ja4-fingerprint",
		"x-ja3-hash",
		"x-ja3",
		"cf-ja3-hash",
		"cf-ja3",
		"cloudfront-viewer-ja3-fingerprint",
		"x-edge99-ja3",
	],
	country: ["cf-ipcountry", "cloudfront-viewer-country", "x-vercel-ip-country", "x-edge99-country"],
	score: ["x-edge99-threat-score"],
} as const;

export const allEdgeHeaders: readonly string[] = Object.values(edgeHeaders).flat();
