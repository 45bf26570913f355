import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import { listUpstreams } from "../repositories/upstreams.ts";
import { runtime } from "../runtime.ts";

export const scanService = {
	/** Finds model servers; nothing is added by it. */
	scan: async () => {
		const { prisma, scanLocalServers, providerKinds } = runtime();
		const [{ found, asked }, upstreams] = await Promise.all([
			scanLocalServers(),
			listUpstreams(prisma),
		]);
		const items = found.map(({ kind, baseUrl, models, latencyMs }) => ({
			kind,
			kindTitle: providerKinds.find(kind)?.title ?? kind,
			baseUrl,
			models: [...models],
			latencyMs,
			configuredAs:
				upstreams.find(({ settings }) => placeOf(baseUrlOf(settings)) === placeOf(baseUrl))?.id ??
				null,
			blockedBy: blockedBy(baseUrl),
		}));
		return { items, asked: [...asked] };
	},
};

/** The scan may look at more than requests may use. */
function blockedBy(url: string): string | null {
	try {
		runtime().egress.checkUrl(url);
		return null;
	} catch (error) {
		if (GatewayError.is(error)) return error.message;
		throw error;
	}
}

function baseUrlOf(settings: unknown): string {
	const value =
		typeof settings === "object" && settings !== null && "baseUrl" in settings
			? settings.baseUrl
			: undefined;
	return typeof value === "string" ? value : "";
}

/** Host and port; this machine has several names. */
function placeOf(url: string): string | undefined {
	if (!URL.canParse(url)) return undefined;
	const { host } = new URL(url);
	return host.replace(/^(localhost|\[::1\])/, "127.0.0.1");
}
