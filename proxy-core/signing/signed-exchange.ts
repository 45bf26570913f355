import type { Hash } from "node:crypto";
import { createHash, hash } from "node:crypto";
import type { Exchange, Outgoing } from "../http/exchange.ts";
import type { Snapshot } from "../snapshot.ts";
import type { AnswerSigner } from "./answer-signer.ts";

interface SigningContext {
	readonly signer: AnswerSigner;
	readonly policyVersion: number;
	readonly now: () => number;
	/** Whether a stream of events may end with a comment; a trailer carries the signature otherwise. */
	readonly hasComments: boolean;
}

export const signatureHeader = "x-llmproxy-signature";

/** As the settings have it; callers ask with a header of their own. */
export function wantsSignature({ incoming }: Exchange, { settings }: Snapshot): boolean {
	const { mode } = settings.signatures;
	if (mode !== "on-request") return mode === "always";
	return incoming.headers["x-llmproxy-sign"] === "true";
}

/**
 * The same exchange, with its answer signed whatever wrote it: in a header when the body is there as a
 * whole, in a last comment of server-sent events, in a trailer of any other stream.
 */
export function signedExchange(exchange: Exchange, context: SigningContext): Exchange {
	let requestDigest: string | null = null;
	const { incoming } = exchange;
	return {
		incoming: {
			...incoming,
			readBody: async (bytesMax) => {
				const body = await incoming.readBody(bytesMax);
				requestDigest = hash("sha256", body, "base64url");
				return body;
			},
		},
		outgoing: signedOutgoing(exchange.outgoing, {
			hasComments: context.hasComments,
			sign: (facts) =>
				context.signer.sign({
					...facts,
					requestDigest,
					policyVersion: context.policyVersion,
					now: context.now(),
				}),
		}),
	};
}

interface AnswerFacts {
	readonly requestId: string;
	readonly status: number;
	readonly answerDigest: string;
}

interface Head {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
}

interface Signing {
	readonly hasComments: boolean;
	readonly sign: (facts: AnswerFacts) => string;
}

function signedOutgoing(outgoing: Outgoing, { hasComments, sign }: Signing): Outgoing {
	// Kept until it is known whether the body comes as a whole.
	let head: Head | undefined;
	let streamed: Hash | undefined;
	let isEvents = false;
	const signatureOf = ({ status, headers }: Head, answerDigest: string) => {
		const { "x-request-id": requestId = "" } = headers;
		return sign({ requestId, status, answerDigest });
	};
	const stream = (known: Head): Hash => {
		if (streamed !== undefined) return streamed;
		const isEventStream = known.headers["content-type"]?.startsWith("text/event-stream");
		isEvents = hasComments && isEventStream === true;
		// A trailer needs a body in chunks, so its length must not be told before.
		const { "content-length": _length, ...headers } = known.headers;
		outgoing.begin(known.status, isEvents ? headers : { ...headers, trailer: signatureHeader });
		streamed = createHash("sha256");
		return streamed;
	};
	return {
		hasBegun: () => head !== undefined || outgoing.hasBegun(),
		bytesSent: outgoing.bytesSent,
		abort: outgoing.abort,
		begin: (status, headers) => {
			head = { status, headers };
		},
		write: (data) => {
			if (head === undefined) return outgoing.write(data);
			stream(head).update(data);
			return outgoing.write(data);
		},
		end: (data) => {
			if (head === undefined) return outgoing.end(data);
			if (streamed === undefined) {
				const signature = signatureOf(head, hash("sha256", data ?? "", "base64url"));
				outgoing.begin(head.status, { ...head.headers, [signatureHeader]: signature });
				return outgoing.end(data);
			}
			if (data !== undefined) streamed.update(data);
			const signature = signatureOf(head, streamed.digest("base64url"));
			if (!isEvents) return outgoing.end(data, { [signatureHeader]: signature });
			if (data !== undefined) void outgoing.write(data);
			return outgoing.end(`: ${signatureHeader}=${signature}\n\n`);
		},
	};
}
