import type { PersonalDataAction, PersonalDataType } from "../contract/personal-data.ts";
import { personalDataTypes } from "../contract/personal-data.ts";
import type { PrivacySettings } from "../contract/privacy-settings.ts";
import { personalDataActionOf } from "../contract/privacy-settings.ts";
import type { SegmentSource } from "../contract/verdict.ts";
import type { PolicySubject } from "../guards/guard-policy.ts";
import type { GuardServices } from "../guards/guard-services.ts";
import { createPersonalDataFinder } from "./detect/find-personal-data.ts";
import type { Analyzer } from "./mask-analyzer.ts";
import { builtinAnalyzer, withoutOverlap } from "./mask-analyzer.ts";
import { presidioAnalyzer } from "./presidio-analyzer.ts";

/** The privacy settings, ready for the request path. */
export interface PrivacyPolicy {
	readonly mode: PrivacySettings["mode"];
	readonly actionOf: (type: string) => PersonalDataAction;
	readonly analyze: Analyzer;
	/** Whether a text that was found is one that operators let pass. */
	readonly isAllowed: (text: string) => boolean;
	/** Whether requests of this caller and endpoint are looked at. */
	readonly looksAt: (subject: PolicySubject) => boolean;
	readonly looksInto: (source: SegmentSource) => boolean;
}

type PolicyServices = Pick<GuardServices, "fetch" | "now">;

/** Builds tables and finders: once per saved settings, not per request. */
export function compilePrivacy(settings: PrivacySettings, services: PolicyServices): PrivacyPolicy {
	const allowed = new Set(settings.allowed.map((text) => text.toLowerCase()));
	const { scope } = settings;
	const actions = new Map<string, PersonalDataAction>(
		personalDataTypes.map(({ id }) => [id, personalDataActionOf(settings, id)]),
	);
	return {
		mode: settings.mode,
		actionOf: (type) => actions.get(type) ?? personalDataActionOf(settings, type),
		analyze: analyzerOf(settings, services),
		isAllowed: (text) => allowed.size > 0 && allowed.has(text.toLowerCase()),
		looksAt: ({ endpoint, keyId, teamId }) =>
			fits(scope.endpoints, endpoint) && fits(scope.keyIds, keyId) && fits(scope.teamIds, teamId),
		looksInto: (source) => fits(scope.sources, source),
	};
}

function fits<T extends string>(list: readonly T[], value: T | null | undefined): boolean {
	return list.length === 0 || (value !== null && value !== undefined && list.includes(value));
}

function analyzerOf(settings: PrivacySettings, services: PolicyServices): Analyzer {
	const actionOf = (type: string) => personalDataActionOf(settings, type);
	const isNoted = (type: string) => actionOf(type) === "flag";
	const builtin = (): Analyzer => {
		const countries = settings.countries.length === 0 ? {} : { countries: settings.countries };
		const types = personalDataTypes.filter(({ id }) => actionOf(id) !== "off");
		const form = types.filter(({ id, isStructured }) => isStructured && !isNoted(id));
		const finderOf = (wanted: readonly { readonly id: PersonalDataType }[]) =>
			createPersonalDataFinder({ types: new Set(wanted.map(({ id }) => id)), ...countries });
		return builtinAnalyzer({ all: finderOf(types), form: finderOf(form), isNoted });
	};
	if (settings.analyzer === "builtin") return builtin();
	const { onFailure } = settings.presidio;
	const own = settings.analyzer === "both" || onFailure === "builtin" ? builtin() : undefined;
	return withPresidio({
		presidio: presidioAnalyzer(settings.presidio, services),
		alongside: settings.analyzer === "both" ? own : undefined,
		instead: onFailure === "closed" ? undefined : (own ?? nothing),
		actionOf,
		isNoted,
	});
}

const nothing: Analyzer = (texts) => texts.map(() => []);

interface WithPresidio {
	readonly presidio: Analyzer;
	/** Asked as well. */
	readonly alongside: Analyzer | undefined;
	/** Asked when Presidio fails; undefined: then the request is refused. */
	readonly instead: Analyzer | undefined;
	readonly actionOf: (type: string) => PersonalDataAction;
	readonly isNoted: (type: string) => boolean;
}

function withPresidio({ presidio, alongside, instead, actionOf, isNoted }: WithPresidio): Analyzer {
	return async (texts, context) => {
		const theirs = async () => {
			try {
				return await presidio(texts, context);
			} catch (error) {
				if (context.signal.aborted || instead === undefined) throw error;
				context.degraded("The Presidio analyzer failed; the request went on without it.");
				return alongside === undefined ? instead(texts, context) : undefined;
			}
		};
		const asked = await Promise.all([theirs(), alongside?.(texts, context)]);
		return texts.map((_, index) => {
			const found = asked.flatMap((answer) => answer?.[index] ?? []);
			return withoutOverlap(
				found.filter(({ type }) => actionOf(type) !== "off"),
				isNoted,
			);
		});
	};
}
