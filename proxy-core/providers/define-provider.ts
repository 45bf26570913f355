import type * as z from "zod";
import type { ChatCall, Dialect, Frame } from "../contract/chat.ts";

export interface WireRequest {
	readonly method: "POST" | "GET";
	/** Appended to the connector's base URL; starts with `/`, may carry a query without secrets. */
	readonly path: string;
	/** Lower-case names. Credentials travel here and nowhere else. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
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

/** Pure translation between callers' requests and one upstream's wire. No I/O: `dispatch` owns the socket. */
export interface Connector {
	readonly dialect: Dialect;
	/** No trailing slash. */
	readonly baseUrl: string;
	/** Throws `request.unsupported` for what this wire cannot express. */
	readonly encode: (input: EncodeInput) => WireRequest;
	/** A whole (not streamed) answer. Throws `upstream.malformed`. */
	readonly decode: (body: string) => Frame;
	readonly decodeStream: () => StreamDecoder;
	readonly decodeFault: (status: number, body: string) => UpstreamFault;
	/** Credentials of this connector, whatever their form: taken out of everything an upstream says about errors. */
	readonly secrets: readonly string[];
	/** Lists the upstream's models; also serves as the connection test. */
	readonly models: {
		readonly request: () => WireRequest;
		/** Ids as the upstream wants them in `model`. Throws `upstream.malformed`. */
		readonly parse: (body: string) => readonly string[];
	};
	/** Present when the answer is made inside this process and no socket is opened. */
	readonly answerLocally?: (request: WireRequest, signal: AbortSignal) => Promise<LocalAnswer>;
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
