import type { FindingRecord } from "../contract/settled-record.ts";
import type { TextSegment } from "../contract/verdict.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import { judgeHits } from "../firewall/judge-hits.ts";
import type { PlacedHit } from "../firewall/place-hits.ts";
import { placeHits } from "../firewall/place-hits.ts";
import type { Hit, SearchResult } from "../firewall/search-body.ts";
import { findTagCharacters, tagCharacterSignature } from "../firewall/tag-characters.ts";
import type { PolicySubject } from "../guards/guard-policy.ts";
import type { Identified, Read, Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import { takeTurns } from "../text/take-turns.ts";

type Needs = Received & Read & Partial<Identified>;

/**
 * Signatures over the raw body; an instant refusal, before any parsing or model cost. A body that takes
 * no longer than one turn is searched at once, a longer one with pauses for other requests.
 */
export const firewall: Stage<Needs, object> = {
	name: "firewall",
	run: (context) => {
		const { snapshot, body, formText = body, trace } = context;
		if (snapshot.firewall.mode === "off") return {};
		const bytes = Buffer.from(formText.buffer, formText.byteOffset, formText.byteLength);
		const text = bytes.toString("utf8");
		const tags = findTagCharacters(bytes);
		const conclude = ({ hits, isIncomplete }: SearchResult) => {
			if (isIncomplete) trace.note("Encoded too deeply to be read to the end");
			const all = tags === -1 ? hits : [tagHit(bytes, tags), ...hits];
			return all.length === 0 ? {} : judge(context, all);
		};
		const result = snapshot.firewall.search(text);
		return result instanceof Promise ? result.then(conclude) : conclude(result);
	},
};

function tagHit(bytes: Buffer, at: number): Hit {
	const start = bytes.toString("utf8", 0, at).length;
	const disguises = ["invisible-characters"];
	return { signature: tagCharacterSignature, start, end: start, disguises };
}

function judge(context: Readonly<Needs>, hits: readonly Hit[]): object | Promise<object> {
	const { snapshot, trace, requestId } = context;
	const subject = subjectOf(context);
	const asked = hits.filter(({ signature, disguises }) => {
		const isDisguised = disguises.length > 0;
		return snapshot.firewall.modeOf({ signature, isDisguised }, subject) !== "off";
	});
	if (asked.length === 0) return {};
	const decide = (standing: readonly PlacedHit[]) => {
		const findings = judgeHits(snapshot.firewall, standing, subject);
		const [worst] = findings;
		if (worst === undefined) return {};
		trace.decided(worst.action, findings);
		if (worst.action === "block") throw refusal(worst, standing, requestId);
		return {};
	};
	const placed = takeTurns(placeHits(snapshot.firewall.matcher, asked, segmentsOf(context)));
	return placed instanceof Promise ? placed.then(decide) : decide(placed);
}

function subjectOf({ endpoint, caller }: Readonly<Needs>): PolicySubject {
	return caller?.kind === "key"
		? { endpoint, keyId: caller.keyId, teamId: caller.teamId }
		: { endpoint, keyId: undefined, teamId: null };
}

/** The texts of a body in which something was found; none when it is a form or cannot be read. */
function segmentsOf({ dialect, body, formText }: Readonly<Needs>): readonly TextSegment[] {
	if (formText !== undefined) return [];
	try {
		const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
		return dialect.readRequest(JSON.parse(text)).segments;
	} catch {
		// What is wrong with it is for the next stage to say, if the request gets there.
		return [];
	}
}

function refusal(
	{ rule }: FindingRecord,
	placed: readonly PlacedHit[],
	requestId: string,
): GatewayError {
	const title = placed.find(({ signature }) => signature.id === rule)?.signature.title ?? rule;
	return new GatewayError("guard.blocked", {
		message: `Blocked: ${title} (rule ${rule}, incident ${requestId}).`,
		rule,
	});
}
