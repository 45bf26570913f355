import type { ChatEvent, Dialect, Frame, TextEvent } from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import type { JsonPath } from "../../text/json-scan.ts";
import type { JsonEdit } from "../../text/json-splice.ts";
import { spliceJson } from "../../text/json-splice.ts";

interface Place {
	/** Every leaf that holds the text; upstreams sometimes send it twice. */
	readonly paths: readonly JsonPath[];
	/** The leaf is JSON (tool arguments as an object), not a string that holds JSON. */
	readonly isJson: boolean;
	/** Taken out when the text is edited, because they repeat it (log probabilities). */
	readonly clears: readonly JsonPath[];
}

interface PlaceOptions {
	readonly paths: readonly JsonPath[];
	readonly isJson?: boolean;
	readonly clears?: readonly JsonPath[];
}

/** Collects the events of one upstream event together with where their texts stand in its JSON. */
export interface FrameBuilder {
	readonly add: (event: ChatEvent) => void;
	readonly addText: (event: TextEvent, place: PlaceOptions) => void;
	readonly build: (data: string, usagePaths: readonly JsonPath[]) => Frame;
}

export function createFrameBuilder(dialect: Dialect): FrameBuilder {
	const events: ChatEvent[] = [];
	const places: (Place | undefined)[] = [];
	return {
		add: (event) => {
			events.push(event);
			places.push(undefined);
		},
		addText: (event, { paths, isJson = false, clears = [] }) => {
			events.push(event);
			places.push({ paths, isJson, clears });
		},
		build: (data, usagePaths) => ({
			events,
			wire: {
				dialect,
				data,
				rewrite: (edited, keepUsage) => {
					const edits = editsOf({ events, places, edited });
					// The usual chunk of a stream: nothing edited, an empty usage at the end. Worth 2 µs each.
					if (!keepUsage && edits.length === 0 && data.endsWith(emptyUsage))
						return `${data.slice(0, -emptyUsage.length)}}`;
					if (!keepUsage) for (const path of usagePaths) edits.push({ path, value: undefined });
					return spliceJson(data, edits);
				},
			},
		}),
	};
}

const emptyUsage = ',"usage":null}';

interface Edited {
	readonly events: readonly ChatEvent[];
	readonly places: readonly (Place | undefined)[];
	readonly edited: readonly ChatEvent[];
}

function editsOf({ events, places, edited }: Edited): JsonEdit[] {
	if (edited.length !== events.length)
		throw new GatewayError("internal.unexpected", {
			cause: new Error("a frame was rewritten with events that are not its own"),
		});
	return places.flatMap((place, index) => {
		const text = newTextOf(events[index], edited[index]);
		return place === undefined || text === undefined ? [] : editsAt(place, text);
	});
}

/** Undefined when the text stayed as it was. */
function newTextOf(
	before: ChatEvent | undefined,
	after: ChatEvent | undefined,
): string | undefined {
	if (before === after || before === undefined || after === undefined) return undefined;
	if (!("text" in before && "text" in after) || before.text === after.text) return undefined;
	return after.text;
}

function editsAt({ paths, isJson, clears }: Place, text: string): JsonEdit[] {
	const isRaw = isJson && isJsonText(text);
	return [
		...paths.map((path) => (isRaw ? { path, json: text } : { path, value: text })),
		...clears.map((path) => ({ path, value: undefined })),
	];
}

function isJsonText(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
