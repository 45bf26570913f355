import * as z from "zod";

/** Names of questions, each with what is asked and what is answered; both are copied by structured clone. */
export type Talk = Readonly<
	Record<string, { readonly asked: unknown; readonly answered: unknown }>
>;

/** One end of a connection between two processes. */
export interface Pipe {
	/** Whatever cannot be delivered is lost; the other end is gone then. */
	readonly send: (message: object) => void;
	readonly onMessage: (listener: (message: unknown) => void) => void;
}

type Name<Of extends Talk> = Extract<keyof Of, string>;
type Handlers<Of extends Talk> = {
	readonly [Each in Name<Of>]: (
		asked: Of[Each]["asked"],
	) => Of[Each]["answered"] | Promise<Of[Each]["answered"]>;
};

/** `Theirs` is what the other end can be asked, `Own` what it may ask here. */
export interface Channel<Theirs extends Talk, Own extends Talk> {
	/** Rejects when the other end throws, is gone, or has not answered within `timeoutMs`. */
	readonly ask: <Which extends Name<Theirs>>(
		name: Which,
		asked: Theirs[Which]["asked"],
		timeoutMs: number,
	) => Promise<Theirs[Which]["answered"]>;
	/** Answers questions from now on; one that nobody handles yet is refused. */
	readonly answer: (handlers: Partial<Handlers<Own>>) => void;
	/** The other end is gone: whoever waits is told. */
	readonly close: () => void;
}

const envelope = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("ask"), id: z.int(), name: z.string(), body: z.unknown() }),
	z.object({ kind: z.literal("answer"), id: z.int(), body: z.unknown() }),
	z.object({
		kind: z.literal("error"),
		id: z.int(),
		name: z.string(),
		message: z.string(),
		stack: z.string().optional(),
	}),
]);
type Envelope = z.infer<typeof envelope>;

/** What the other end threw: name, message and stack as they were there. */
export class RemoteError extends Error {
	override readonly name = "RemoteError";
	readonly remoteName: string;

	constructor(thrown: Extract<Envelope, { kind: "error" }>) {
		super(thrown.message);
		this.remoteName = thrown.name;
		if (thrown.stack !== undefined) this.stack = thrown.stack;
	}
}

interface Waiting {
	readonly resolve: (answer: unknown) => void;
	readonly reject: (error: Error) => void;
	readonly timer: NodeJS.Timeout;
}

/** Questions and answers, both ways, over whatever carries messages between two processes of this program. */
export function openChannel<Theirs extends Talk, Own extends Talk>(
	pipe: Pipe,
): Channel<Theirs, Own> {
	const waiting = new Map<number, Waiting>();
	const handlers = new Map<string, (asked: unknown) => unknown>();
	let lastId = 0;
	let isClosed = false;

	const settle = (id: number, how: (entry: Waiting) => void) => {
		const entry = waiting.get(id);
		if (entry === undefined) return;
		waiting.delete(id);
		clearTimeout(entry.timer);
		how(entry);
	};
	const reply = async ({ id, name, body }: Extract<Envelope, { kind: "ask" }>) => {
		try {
			const handler = handlers.get(name);
			if (handler === undefined) throw new Error(`Nobody answers “${name}” yet.`);
			pipe.send({ kind: "answer", id, body: await handler(body) });
		} catch (error) {
			const thrown = error instanceof Error ? error : new Error(String(error));
			const { name: thrownName, message, stack } = thrown;
			pipe.send({ kind: "error", id, name: thrownName, message, stack });
		}
	};
	pipe.onMessage((message) => {
		const parsed = envelope.safeParse(message);
		if (!parsed.success) return;
		const { data } = parsed;
		switch (data.kind) {
			case "ask":
				void reply(data);
				return;
			case "answer":
				settle(data.id, ({ resolve }) => resolve(data.body));
				return;
			case "error":
				settle(data.id, ({ reject }) => reject(new RemoteError(data)));
				return;
		}
	});
	return {
		ask: (name, asked, timeoutMs) =>
			new Promise((resolve, reject) => {
				if (isClosed) {
					reject(new Error("The other process is gone."));
					return;
				}
				lastId += 1;
				const id = lastId;
				const late = () =>
					settle(id, (entry) => entry.reject(new Error(`No answer to “${name}” in time.`)));
				waiting.set(id, {
					// Both ends are one version of one program, so the answer has the type that the table says.
					resolve: resolve as (answer: unknown) => void,
					reject,
					timer: setTimeout(late, timeoutMs),
				});
				pipe.send({ kind: "ask", id, name, body: asked });
			}),
		answer: (added) => {
			for (const [name, handler] of Object.entries(added)) {
				// As above: what arrives under a name is what the table says.
				if (handler !== undefined) handlers.set(name, handler as (asked: unknown) => unknown);
			}
		},
		close: () => {
			isClosed = true;
			for (const id of [...waiting.keys()]) {
				settle(id, ({ reject }) => reject(new Error("The other process is gone.")));
			}
		},
	};
}
