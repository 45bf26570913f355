import type * as z from "zod";
import type { ChatCall, Dialect, Frame, Usage } from "../contract/chat.ts";
import type { OperationId } from "../contract/settled-record.ts";

export interface WireRequest {
	readonly method: "POST" | "GET";
	/** Appended to the connector's base URL; starts with `/`, may carry a query without secrets. */
	readonly path: string;
	/** Lower-case names. Credentials travel here and nowhere else. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string | Uint8Array;
}

/** What `encode` gets. `body` is the caller's JSON text with every edit applied. */
export interface EncodeInput {
	/** The upstream's own name of the model. */
	readonly model: string;
	readonly stream: boolean;
	/** The caller's dialect; when the connector speaks it too, `body` is forwarded but for edited leaves. */
	readonly dialect: Dialect;
	readonly body: string;
	/** `body`, parsed. */
	readonly json: Readonly<Record<string, unknown>>;
	/** The caller's headers that an upstream of the same dialect gets too, lower-case; see `CallerDialect.passingHeaders`. */
	readonly headers?: Readonly<Record<string, string>>;
	/** `body` in canonical form, computed on first use. Throws `request.invalid`. */
	readonly call: () => ChatCall;
}

/** Turns the bytes of one streamed answer into frames, whatever the chunking. One per answer; holds its state. */
export interface StreamDecoder {
	/** Throws `upstream.malformed`. */
	readonly push: (bytes: Uint8Array) => readonly Frame[];
	/** The upstream ended. `complete` is false when its closing mark never came. */
	readonly end: () => { readonly frames: readonly Frame[]; readonly complete: boolean };
}

/** What an upstream's error body says. */
export interface UpstreamFault {
	readonly message: string;
	readonly type?: string;
	readonly code?: string;
	readonly param?: string;
}

/** One wire that an upstream speaks for conversations. */
export interface ChatWire {
	readonly dialect: Dialect;
	/** Throws `request.unsupported` for what this wire cannot express. */
	readonly encode: (input: EncodeInput) => WireRequest;
	/** A whole (not streamed) answer. Throws `upstream.malformed`. */
	readonly decode: (body: string) => Frame;
	readonly decodeStream: () => StreamDecoder;
}

/** A file of a multipart request. */
export interface RequestFile {
	readonly field: string;
	readonly name: string;
	readonly mediaType: string;
	readonly bytes: Uint8Array;
}

/** What an operation's `encode` gets: the caller's fields after edits, and its files. */
export interface OperationInput {
	/** The upstream's own name of the model. */
	readonly model: string;
	/** The JSON body; of a multipart request its text fields, repeated ones as arrays. */
	readonly json: Readonly<Record<string, unknown>>;
	/** `json` as text, as sent but for edits. */
	readonly body: string;
	readonly files: readonly RequestFile[];
	readonly stream: boolean;
}

/** An answer in OpenAI's shape of the operation. */
export interface OperationAnswer {
	readonly contentType: string;
	readonly body: string | Uint8Array;
	readonly usage?: Usage;
}

/** A whole body as it came from an upstream. */
export interface UpstreamBody {
	readonly contentType: string;
	readonly body: Uint8Array;
}

/** One operation other than a conversation on an upstream's wire. Pure, like `ChatWire`. */
export interface OperationWire {
	/** Where it is when it is not at the connector's own address; no trailing slash. */
	readonly baseUrl?: string;
	/** Throws `request.unsupported` for what this upstream cannot do. */
	readonly encode: (input: OperationInput) => WireRequest;
	/** `input` is what `encode` got, for upstreams that do not repeat what was asked. Throws `upstream.malformed`. */
	readonly decode: (answer: UpstreamBody, input: OperationInput) => OperationAnswer;
	/** Present when the upstream can answer in server-sent events of OpenAI's shape. */
	readonly decodeStream?: () => StreamDecoder;
	/** Answers that are neither JSON nor text are handed on while they come, not decoded. */
	readonly isPassedThrough?: boolean;
}

/**
 * Pure translation between callers' requests and one upstream's wires. No I/O: `dispatch` owns the
 * socket. The connector itself is the wire of conversations that every caller's dialect can be put into.
 */
export interface Connector extends ChatWire {
	/** No trailing slash. */
	readonly baseUrl: string;
	/** Further dialects that the upstream speaks itself, so that those callers are forwarded as sent. */
	readonly wires?: (model: string) => Readonly<Partial<Record<Dialect, ChatWire>>>;
	readonly operations?: Readonly<Partial<Record<OperationId, OperationWire>>>;
	readonly decodeFault: (status: number, body: string) => UpstreamFault;
	/** Credentials of this connector, whatever their form: taken out of everything an upstream says about errors. */
	readonly secrets: readonly string[];
	/** Lists the upstream's models; also serves as the connection test. */
	readonly models: {
		readonly request: () => WireRequest;
		/** Where the list is when it is not at the connector's own address; no trailing slash. */
		readonly baseUrl?: string;
		/** Ids as the upstream wants them in `model`. Throws `upstream.malformed`. */
		readonly parse: (body: string) => readonly string[];
	};
	/**
	 * Present when a request needs a credential that has to be fetched first (an OAuth token). Called
	 * before the socket is opened, for every request that `encode`, an operation or `models` made; gives
	 * the request to send instead. Throws `upstream.credentials` and whatever `http` throws.
	 */
	readonly authorize?: (request: WireRequest, http: ConnectorHttp) => Promise<WireRequest>;
	/** Present when the answer is made inside this process and no socket is opened. */
	readonly answerLocally?: (request: WireRequest, signal: AbortSignal) => Promise<LocalAnswer>;
}

/**
 * The one request that a connector may make itself. Bounded, and checked like every way out of the
 * process. Its answer may serve several callers at once, so no single caller's hanging up ends it.
 */
export interface ConnectorHttp {
	/** Throws `egress.refused`, `upstream.refused`, `upstream.timeout`, `upstream.malformed`. */
	readonly post: (
		url: string,
		request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
	) => Promise<{ readonly status: number; readonly body: string }>;
}

export interface LocalAnswer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: AsyncIterable<Uint8Array>;
}

export interface Provider<Id extends string = string, Settings extends z.ZodObject = z.ZodObject> {
	readonly id: Id;
	readonly title: string;
	/** Where a person gets a credential; shown beside the form. */
	readonly credentialsUrl?: string;
	/** Secrets carry `.meta({ ui: { control: "secret" } })`; the form, validation and docs follow from this schema. */
	readonly settings: Settings;
	/** Ports at which such a server listens on its own machine unless told otherwise; a scan asks them. */
	readonly localPorts?: readonly number[];
	/** Model ids to offer before the upstream was asked. */
	readonly suggestedModels: readonly string[];
	readonly connect: (settings: z.infer<Settings>) => Connector;
}

/** A provider whose settings type has been forgotten; what registries hold. */
export type AnyProvider = Omit<Provider, "connect"> & {
	readonly connect: (settings: never) => Connector;
};

export function defineProvider<const Id extends string, Settings extends z.ZodObject>(
	provider: Provider<Id, Settings>,
): Provider<Id, Settings> {
	return provider;
}
