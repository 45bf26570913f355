import type * as z from "zod";
import type { Egress } from "../../../proxy-core/egress/egress.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { Connector, WireRequest } from "../../../proxy-core/providers/define-provider.ts";
import { connectorHttp } from "../../../proxy-core/upstream/connector-http.ts";
import type { connectionReport } from "../../contracts/providers.ts";

export type ConnectionReport = z.output<typeof connectionReport>;

interface Answer {
	readonly status: number;
	readonly body: string;
}

const timeoutMs = 10_000;
const bodyBytesMax = 4 * 1024 * 1024;
const messageMax = 500;

/** Asks an upstream for its models: proves address, credential and wire at once. Never throws. */
export async function testConnection(
	egress: Egress,
	connector: Connector,
	limitMs: number = timeoutMs,
): Promise<ConnectionReport> {
	const startedAt = performance.now();
	const report = (ok: boolean, message: string, models: readonly string[] = []) => ({
		ok,
		message: message.slice(0, messageMax),
		latencyMs: Math.round(performance.now() - startedAt),
		models: [...models],
	});
	try {
		const answer =
			connector.answerLocally === undefined
				? await askUpstream(egress, connector, limitMs)
				: await askLocally(connector.answerLocally, connector.models.request(), limitMs);
		if (answer.status >= 300) {
			const { message } = connector.decodeFault(answer.status, answer.body);
			return report(false, `The provider answered ${answer.status}: ${message}`);
		}
		const models = connector.models.parse(answer.body);
		const count = models.length === 1 ? "1 model" : `${models.length} models`;
		return report(true, `Connected; ${count} listed.`, models);
	} catch (error) {
		return report(false, describeFailure(error));
	}
}

/** What an operator can mend, by the codes of Node's network and TLS errors. */
const causes: Readonly<Record<string, string>> = {
	ENOTFOUND: "Its name cannot be resolved.",
	EAI_AGAIN: "Its name cannot be resolved at the moment.",
	ECONNREFUSED: "Nothing listens at this address and port.",
	ECONNRESET: "It closed the connection.",
	EHOSTUNREACH: "There is no way to this address.",
	ENETUNREACH: "There is no way to this network.",
	CERT_HAS_EXPIRED: "Its certificate has expired.",
	DEPTH_ZERO_SELF_SIGNED_CERT: "Its certificate is self-signed.",
	SELF_SIGNED_CERT_IN_CHAIN: "Its certificate is signed by an unknown authority.",
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: "Its certificate cannot be verified.",
	ERR_TLS_CERT_ALTNAME_INVALID: "Its certificate is for another name.",
	ERR_SSL_WRONG_VERSION_NUMBER: "It does not speak TLS; is the address an http one?",
};

function describeFailure(error: unknown): string {
	if (!GatewayError.is(error)) return "The answer could not be read.";
	for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
		const code = "code" in cause && typeof cause.code === "string" ? causes[cause.code] : undefined;
		if (code !== undefined) return `${error.message} ${code}`;
	}
	return error.message;
}

async function askUpstream(egress: Egress, connector: Connector, limitMs: number): Promise<Answer> {
	const plain = connector.models.request();
	const request = (await connector.authorize?.(plain, connectorHttp(egress.dispatcher))) ?? plain;
	return egress.fetch({
		url: (connector.models.baseUrl ?? connector.baseUrl) + request.path,
		method: request.method,
		headers: request.headers,
		...(request.body === undefined ? {} : { body: request.body }),
		timeoutMs: limitMs,
		bodyBytesMax,
	});
}

async function askLocally(
	answer: NonNullable<Connector["answerLocally"]>,
	request: WireRequest,
	limitMs: number,
): Promise<Answer> {
	const { status, body } = await answer(request, AbortSignal.timeout(limitMs));
	const decoder = new TextDecoder();
	let text = "";
	for await (const chunk of body) text += decoder.decode(chunk, { stream: true });
	return { status, body: text };
}
