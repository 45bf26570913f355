import type { ChatEvent, TypedEvent } from "../../contract/chat.ts";
import { leavesOf } from "../../dialects/responses/leaves.ts";
import type { JsonPath } from "../../text/json-scan.ts";
import type { FrameBuilder } from "../shared/frame-builder.ts";
import { readObject, readText } from "../shared/read-json.ts";
import { logprobsBeside, runOf, tooDeep } from "./responses-decode.ts";
import type { TypedJson, View } from "./responses-events.ts";
import { deltaOf, viewsOf } from "./responses-events.ts";
import { kindOf } from "./responses-kinds.ts";
import type { Speech, Spoken } from "./responses-speech.ts";
import { createSpeech } from "./responses-speech.ts";

/** One frame in the making. */
export interface Draft {
	readonly builder: FrameBuilder;
	/** The run that each text event adds to. */
	readonly runs: Map<ChatEvent, string>;
	readonly repeats: TypedEvent["repeats"][number][];
}

/** The texts of one answer as they were received so far, by run. */
export interface Runs {
	/** Adds what the event says for the first time as events, and the rest as repetitions. */
	readonly read: (draft: Draft, name: string, json: TypedJson) => void;
	readonly hasCalls: () => boolean;
}

export function createRuns(): Runs {
	const state: State = { speech: createSpeech(), texts: new Map(), indexes: new Map() };
	return {
		hasCalls: state.speech.hasCalls,
		read: (draft, name, json) => {
			const delta = deltaOf(name, json);
			if (delta !== undefined) {
				addDelta(state, draft, delta);
				return;
			}
			const views = viewsOf(name, json);
			if (views === undefined) {
				addUnknown(state, draft, { name, json });
				return;
			}
			const texts = views.flatMap((view) => readView(state, draft, view));
			addConvenience(state, draft, { json, texts });
		},
	};
}

interface State {
	readonly speech: Speech;
	readonly texts: Map<string, string>;
	/** Output index by item id: the last event may count the items anew. */
	readonly indexes: Map<string, number>;
}

function say(state: State, draft: Draft, spoken: Spoken): void {
	state.texts.set(spoken.run, (state.texts.get(spoken.run) ?? "") + spoken.text);
	draft.runs.set(state.speech.say(draft.builder, spoken), spoken.run);
}

function addDelta(state: State, draft: Draft, delta: View): void {
	const { path, place, outputIndex, itemType, value } = delta;
	const text = readText(value);
	if (text === undefined) return;
	say(state, draft, {
		kind: kindOf(itemType, place),
		text,
		outputIndex,
		run: runOf(outputIndex, place),
		place: { paths: [path], clears: [logprobsBeside(path)] },
	});
}

/** Events that did not exist when this was written: every word of them is judged where it stands. */
function addUnknown(
	{ speech }: State,
	{ builder }: Draft,
	{ name, json }: { readonly name: string; readonly json: TypedJson },
): void {
	for (const { path, text } of leavesOf(json, { tooDeep })) {
		const run = [name, ...path].join(".");
		speech.say(builder, { kind: "aside", text, outputIndex: 0, run, place: { paths: [path] } });
	}
}

/** Returns the runs of the item's own words, in order. */
function readView(state: State, draft: Draft, view: View): readonly string[] {
	const outputIndex = indexOf(state, view);
	if (view.place.length === 0) state.speech.item(draft.builder, view.value, outputIndex);
	const words: string[] = [];
	for (const leaf of leavesOf(view.value, { at: view.place, tooDeep })) {
		const place = [...view.place, ...leaf.path];
		const kind = kindOf(view.itemType, place);
		const run = repeated(state, draft, {
			kind,
			text: leaf.text,
			outputIndex,
			run: runOf(outputIndex, place),
			path: [...view.path, ...leaf.path],
		});
		if (kind === "text") words.push(run);
	}
	return words;
}

function indexOf({ indexes }: State, { value, place, outputIndex }: View): number {
	if (place.length > 0) return outputIndex;
	const id = readText(readObject<"id">(value)?.id);
	if (id === undefined) return outputIndex;
	const known = indexes.get(id) ?? outputIndex;
	indexes.set(id, known);
	return known;
}

interface Repetition extends Omit<Spoken, "place"> {
	readonly path: JsonPath;
}

/** A text that should have been said before. Whatever of it was not is said now. Returns its run. */
function repeated(state: State, draft: Draft, { path, ...spoken }: Repetition): string {
	const { texts } = state;
	const { text } = spoken;
	let run = spoken.run;
	for (let copy = 1; texts.get(run) !== text; copy++) {
		const before = texts.get(run) ?? "";
		// The same text grown longer; of one that differs, a run of its own begins.
		if (before === "" || (copy === 1 && text.startsWith(before))) {
			say(state, draft, { ...spoken, run, text: text.slice(before.length), place: { paths: [] } });
			break;
		}
		run = `${spoken.run}#${copy}`;
	}
	draft.repeats.push({ path, runs: [run], text });
	return run;
}

/** Some servers add all words of the answer in one field, as the SDKs do for their callers. */
function addConvenience(
	state: State,
	draft: Draft,
	{ json, texts: runs }: { readonly json: TypedJson; readonly texts: readonly string[] },
): void {
	const text = readText(readObject<"output_text">(json.response)?.output_text);
	if (text === undefined) return;
	const path = ["response", "output_text"];
	if (runs.map((run) => state.texts.get(run) ?? "").join("") === text)
		draft.repeats.push({ path, runs, text });
	else repeated(state, draft, { kind: "aside", text, outputIndex: 0, run: "output_text", path });
}
