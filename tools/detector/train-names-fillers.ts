import { readFileSync } from "node:fs";
import { createRandom, pick as pickWith } from "./random.ts";

/** Fills names into texts, from the lists of the lexicon and from syllables. The same seed gives the same. */
export interface NameSource {
	/** See `nameTemplates` for the slots; `w` is an ordinary word, H, A and N capitals that are no names. */
	readonly fill: (slot: string) => string;
	readonly chance: () => number;
}

const syllables = split(
	"ka ri mo sha ten vi lo dra bel nu cor zi pha ost en ga lu wen tor is mar qua ble ki ro san te ul va ne dor",
);
const acronyms = split(
	"IP MAC DOB SSN USD EUR GBP MRN NPI VIN IMEI PIN CVV URL API HTTP JSON SQL CSV PDF HTML CSS XML SDK CPU GPU RAM SSD USB TCP UDP DNS VPN SSH TLS SSL AWS GCP CEO CFO CTO HR PR KPI ROI FAQ ID OK TV PC AI ML LLM NLP GDPR HIPAA IBAN BIC SWIFT ACH ATM APR IRA ETF IPO VAT TIN ISBN ISO UTC GMT EST PST AM PM ASAP FYI ETA TBD NDA RFP SLA QA UX UI OS IDE CLI MRI CT ECG DNA RNA HIV ADHD PTSD ICU ER BMI CD DVD LP EP DJ MVP NBA NFL PhD BSc MBA MD RN",
);
const endings = split(
	"tion sion ment ive ative ous ity ing ness able ible ed er ist ical ology ance ence ary ory ship ism ful less ize ised ation ier ies ions ments ings ers ward acy ure age",
);
const germanEndings = split(
	"ung ungen heit keit schaft nis nisse en er e tum ling lein chen ion ionen ie ien zeit arbeit haus tag jahr recht",
);
const placeHeads = split("Mount Lake New Saint Fort North South Port San Upper");
const placeTails = split("River County Valley Island Beach Hills Springs Park Bay City");
const companyTails = split(
	"Inc Inc. Ltd LLC GmbH Group Corp. Holdings AG Technologies Bank Partners Industries PLC Systems Pharmaceuticals Airlines Records",
);
const institutions =
	"University|Hospital|Bank|City Council|Times|Police|United|Museum|Institute of Technology|Railway|Airport Authority|College".split(
		"|",
	);
const streetHeads = split("Via Rue Calle Rua Avenida ul. Avenue");
const streetTails = split("Street Road Avenue Drive Lane St Ave Boulevard Way Court");
const streetEndings = split("straße strasse weg gatan laan vej gasse");
const particles = split("de van von da di bin al");

export function createNameSource(lexicon: URL, seed: number): NameSource {
	const chance = createRandom(seed);
	const dice: Dice = {
		pick: (items) => pickWith(items, chance),
		coin: (share) => chance() < share,
		number: (below) => 1 + Math.floor(chance() * below),
	};
	const lists = readLists(lexicon);
	return { fill: (slot) => fillSlot(slot, lists, dice), chance };
}

interface Dice {
	readonly pick: (items: readonly string[]) => string;
	readonly coin: (share: number) => boolean;
	readonly number: (below: number) => number;
}

interface Lists {
	readonly first: readonly string[];
	readonly last: readonly string[];
	readonly places: readonly string[];
	readonly countries: readonly string[];
	readonly organizations: readonly string[];
	readonly words: readonly string[];
}

function readLists(lexicon: URL): Lists {
	const list = (name: string): string[] =>
		readFileSync(new URL(`${name}.txt`, lexicon), "utf8")
			.split(/[,\n]/)
			.filter((word) => word.length > 2);
	return {
		first: list("first-names"),
		last: list("last-names"),
		places: list("places"),
		countries: list("countries").filter((word) => /^[a-z ]+$/.test(word)),
		organizations: list("organizations"),
		words: list("common-words").filter((word) => /^[a-z]{3,}$/.test(word)),
	};
}

function fillSlot(slot: string, lists: Lists, dice: Dice): string {
	switch (slot) {
		case "P":
			return person(lists, dice);
		case "F":
			return dice.coin(0.15) ? unknown(dice) : capital(dice.pick(lists.first));
		case "L":
			return dice.coin(0.3) ? unknown(dice) : capital(dice.pick(lists.last));
		case "G":
			return place(lists, dice);
		case "C":
			return capital(dice.pick(lists.countries));
		case "S":
			return street(lists, dice);
		case "O":
			return organization(lists, dice);
		case "H":
			return Array.from({ length: dice.number(3) }, () => heading(lists, dice)).join(" ");
		case "A":
			return dice.pick(acronyms);
		case "N":
			return `${unknown(dice)}${dice.pick(germanEndings)}`;
		case "w":
			return dice.pick(lists.words);
		default:
			return slot;
	}
}

function unknown(dice: Dice): string {
	const length = 1 + dice.number(2);
	return capital(Array.from({ length }, () => dice.pick(syllables)).join(""));
}

/** Words that the lexicon lacks look like those it has: their endings tell. */
function heading({ words }: Lists, dice: Dice): string {
	const word = dice.pick(words);
	return capital(dice.coin(0.35) ? `${word.slice(0, 5)}${dice.pick(endings)}` : word);
}

function person(lists: Lists, dice: Dice): string {
	const first = fillSlot("F", lists, dice);
	const last = fillSlot("L", lists, dice);
	if (dice.coin(0.12)) return first;
	if (dice.coin(0.1)) return `${first} ${capital(dice.pick(lists.first)).charAt(0)}. ${last}`;
	if (dice.coin(0.1)) return `${first} ${last}-${fillSlot("L", lists, dice)}`;
	return dice.coin(0.08) ? `${first} ${dice.pick(particles)} ${last}` : `${first} ${last}`;
}

function place({ places }: Lists, dice: Dice): string {
	if (!dice.coin(0.25)) return capital(dice.pick(places));
	const head = dice.coin(0.3) ? `${dice.pick(placeHeads)} ` : "";
	return `${head}${unknown(dice)}${dice.coin(0.3) ? ` ${dice.pick(placeTails)}` : ""}`;
}

function organization(lists: Lists, dice: Dice): string {
	const last = fillSlot("L", lists, dice);
	const tail = dice.pick(companyTails);
	if (dice.coin(0.35)) return capital(dice.pick(lists.organizations));
	if (dice.coin(0.4)) return `${dice.coin(0.5) ? last : unknown(dice)} ${tail}`;
	if (dice.coin(0.25)) {
		const joint = dice.pick([" & ", "-", ", ", " and "]);
		return `${last}${joint}${fillSlot("L", lists, dice)}${dice.coin(0.3) ? ` ${tail}` : ""}`;
	}
	if (dice.coin(0.3)) return `${dice.pick(institutions)} of ${place(lists, dice)}`;
	if (dice.coin(0.6)) return `${place(lists, dice)} ${dice.pick(institutions)}`;
	return dice.coin(0.5) ? unknown(dice) : dice.pick(acronyms).toUpperCase();
}

function street(lists: Lists, dice: Dice): string {
	const number = String(dice.number(2000));
	const name = dice.coin(0.6) ? fillSlot("L", lists, dice) : unknown(dice);
	if (dice.coin(0.3)) return `${dice.pick(streetHeads)} ${name} ${number}`;
	if (dice.coin(0.3)) return `${name}${dice.pick(streetEndings)} ${number}`;
	return `${number} ${name} ${dice.pick(streetTails)}`;
}

function capital(words: string): string {
	return words.replace(
		/(^|[ -])(\p{Ll})/gu,
		(_, before: string, letter: string) => before + letter.toUpperCase(),
	);
}

function split(words: string): readonly string[] {
	return words.split(" ");
}
