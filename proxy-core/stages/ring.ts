import { GatewayError } from "../errors/gateway-error.ts";
import type { Identified, Parsed, Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import type { Trace } from "../pipeline/trace.ts";
import type { CompiledPlugin, PluginVerdict, PluginView, Ring } from "../plugins/define-plugin.ts";

/** Runs the plugins of one ring in order; owns their time limits and failures. */
export function ring(name: Ring): Stage<Received & Identified & Parsed, object> {
	return {
		name: `ring:${name}`,
		run: (context) => {
			const isOfRing = (plugin: CompiledPlugin): boolean => plugin.ring === name;
			const { plugins } = context.snapshot;
			return plugins.some(isOfRing) ? runAll(plugins.filter(isOfRing), context) : {};
		},
	};
}

function runAll(
	plugins: readonly CompiledPlugin[],
	context: Readonly<Received & Identified & Parsed>,
): object | Promise<object> {
	const { caller, exchange, request, requestId, endpoint, trace } = context;
	const view: PluginView = {
		requestId,
		endpoint,
		header: (header) => exchange.incoming.headers[header],
		headersStartingWith: (prefix) => startingWith(exchange.incoming.headers, prefix),
		json: request.json,
		keyId: caller.kind === "key" ? caller.keyId : undefined,
	};
	for (const [index, plugin] of plugins.entries()) {
		const verdict = ask(plugin, view, exchange.incoming.signal);
		if (verdict instanceof Promise) {
			return verdict.then((answer) => {
				apply(answer, trace);
				return runAll(plugins.slice(index + 1), context);
			});
		}
		apply(verdict, trace);
	}
	return {};
}

function startingWith(
	headers: Readonly<Record<string, string | undefined>>,
	prefix: string,
): Readonly<Record<string, string>> {
	const found: Record<string, string> = {};
	for (const name in headers) {
		const value = name.startsWith(prefix) ? headers[name] : undefined;
		if (value !== undefined) found[name.slice(prefix.length)] = value;
	}
	return found;
}

function ask(
	plugin: CompiledPlugin,
	view: PluginView,
	signal: AbortSignal,
): PluginVerdict | Promise<PluginVerdict> {
	try {
		const verdict = plugin.instance.run(view, signal);
		if (!(verdict instanceof Promise)) return verdict;
		const late = AbortSignal.timeout(plugin.timeoutMs);
		const timedOut = new Promise<never>((_, reject) => {
			late.addEventListener("abort", () => reject(late.reason), { once: true });
		});
		return Promise.race([verdict, timedOut]).catch((cause) => failed(plugin, cause));
	} catch (cause) {
		return failed(plugin, cause);
	}
}

function failed(plugin: CompiledPlugin, cause: unknown): PluginVerdict {
	if (plugin.onFailure === "open") return { action: "allow" };
	throw new GatewayError("guard.failed", { rule: plugin.id, cause });
}

function apply(verdict: PluginVerdict, trace: Trace): void {
	switch (verdict.action) {
		case "allow": {
			const { tags, endUser, session } = verdict.annotations ?? {};
			if (tags !== undefined) trace.labels.tags.push(...tags);
			if (endUser !== undefined) trace.labels.endUser = endUser;
			if (session !== undefined) trace.labels.session = session;
			return;
		}
		case "flag":
			trace.decided("flag", verdict.findings);
			return;
		case "block": {
			trace.decided("block", verdict.findings);
			const rule = verdict.findings[0]?.rule;
			throw new GatewayError("guard.blocked", {
				message: verdict.reason,
				...(rule === undefined ? {} : { rule }),
			});
		}
	}
}
