import type { Steps } from "../../text/take-turns.ts";
import { finish } from "../../text/take-turns.ts";
import type { Credential } from "./credential.ts";
import { withoutOverlap } from "./credential.ts";
import { findAddresses, openAddressAt } from "./find-addresses.ts";
import { createAssignmentFinder } from "./find-assignments.ts";
import { createTokenFinder } from "./find-tokens.ts";
import { createOpenWord } from "./open-word.ts";
import { armouredCharsMax, armourHead, createPrivateKeyReader } from "./private-key.ts";
import { tokenRules } from "./tokens/registry.ts";

export interface CredentialScanner {
	/** Whole credentials, in order, not overlapping. */
	readonly find: (text: string) => readonly Credential[];
	readonly findInSteps: (text: string) => Steps<readonly Credential[]>;
	/** Where a credential may begin of which `text` holds only the first part; `text.length` when nowhere. */
	readonly mayBeginAt: (text: string) => number;
}

export function createCredentialScanner(): CredentialScanner {
	const tokens = createTokenFinder(tokenRules);
	const assignments = createAssignmentFinder();
	const privateKeys = createPrivateKeyReader();
	const openWordAt = createOpenWord(tokenRules);

	const findPrivateKeys = (text: string, found: Credential[]): void => {
		for (let at = text.indexOf(armourHead); at >= 0; ) {
			const key = privateKeys.read(text, at);
			if (key !== undefined) {
				const isEndless = !key.isClosed && key.end - at >= armouredCharsMax;
				found.push({
					rule: "private-key",
					start: at,
					end: key.end,
					knownFrom: at,
					score: 1,
					isEndless,
				});
			}
			at = text.indexOf(armourHead, key?.end ?? at + 1);
		}
	};

	const openPrivateKeyAt = (text: string): number => {
		for (let at = text.indexOf(armourHead); at >= 0; ) {
			if (privateKeys.mayGoOn(text, at)) return at;
			at = text.indexOf(armourHead, privateKeys.read(text, at)?.end ?? at + 1);
		}
		return text.length;
	};

	function* findInSteps(text: string): Steps<readonly Credential[]> {
		const found: Credential[] = [];
		const hasRun = yield* tokens.find(text, found);
		yield;
		findPrivateKeys(text, found);
		findAddresses(text, found);
		yield;
		yield* assignments.find(text, found, hasRun);
		return withoutOverlap(found);
	}
	const find = (text: string): readonly Credential[] => finish(findInSteps(text));

	return {
		find,
		findInSteps,
		mayBeginAt: (text) => {
			const from = Math.min(
				openWordAt(text),
				openPrivateKeyAt(text),
				openAddressAt(text),
				assignments.openAt(text),
			);
			if (from === text.length) return from;
			// What gives a credential away must not leave before the credential itself may.
			const cut = find(text).find(({ knownFrom, end }) => knownFrom < from && from < end);
			return cut?.knownFrom ?? from;
		},
	};
}
