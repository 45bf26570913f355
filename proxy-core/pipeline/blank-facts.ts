import type {
	Authorised,
	Budgeted,
	Dispatched,
	Identified,
	Judged,
	Limited,
	Masked,
	Parsed,
	Rated,
	Read,
	Recalled,
	Received,
	Remembered,
	Responded,
	Routed,
	Shielded,
	Watched,
} from "./context.ts";

type Facts = Received &
	Identified &
	Watched &
	Read &
	Parsed &
	Authorised &
	Shielded &
	Masked &
	Rated &
	Limited &
	Budgeted &
	Routed &
	Recalled &
	Remembered &
	Dispatched &
	Judged &
	Responded;

/** Every fact that a request's context may hold, before any is known. */
export const blankFacts = {
	requestId: undefined,
	receivedAt: undefined,
	endpoint: undefined,
	dialect: undefined,
	exchange: undefined,
	snapshot: undefined,
	trace: undefined,
	caller: undefined,
	actors: undefined,
	labels: undefined,
	fingerprint: undefined,
	country: undefined,
	edgeScore: undefined,
	body: undefined,
	formText: undefined,
	request: undefined,
	plan: undefined,
	view: undefined,
	risks: undefined,
	cleared: undefined,
	masked: undefined,
	vault: undefined,
	found: undefined,
	senderLimit: undefined,
	counted: undefined,
	rateLimit: undefined,
	tokenLimit: undefined,
	reservation: undefined,
	size: undefined,
	spending: undefined,
	affordable: undefined,
	outputTokensCap: undefined,
	targets: undefined,
	recollection: undefined,
	cache: undefined,
	target: undefined,
	answer: undefined,
	tally: undefined,
	omitted: undefined,
	isPaid: undefined,
	judged: undefined,
	status: undefined,
	bytesLeft: undefined,
	cutBy: undefined,
	finish: undefined,
	fail: undefined,
} as const satisfies Record<keyof Facts, undefined>;
