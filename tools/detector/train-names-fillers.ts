import { readFileSync } from "node:fs";
import { createRandom, pick as pickWith } from "./random.ts";
import { plainNames } from "./train-names-plain.ts";

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
const codeForms =
	"999-99-9999|99999|9999|999,999.99|$9,999.99|€999|9999-99-99|99/99/9999|99.99.9999|M 9, 9999|9 M 9999|99th M 9999|+99 999 999 999|(999) 999-9999|9999 9999 9999 9999|AA99 AAAA 9999 9999 99|AA99 AAAA AA9A A99A|AA9 9AA|A99 9AA|AA99|AA 99 AA|AA-999999|AAA-9999|#99999|A9999999|AA99999A|9AAA9A9A|AA AA 99|999.999.9.99|99:99|9:99 AM|99 kg|99%|999 cm|99.999, -99.999|AA AA AA 99 99 9|A-99-AAA|AAA999A9999|99AA 9A".split(
		"|",
	);
const months = split(
	"January February March April May June July August September October November",
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
/** Words after "$" are filled; see `organizationPart`. Those that stand often are common. */
const organizationForms =
	"$known|$known|$known|$known|$known|$known|$known|$known|$known|$last $tail|$last $tail|$last $tail|$coined $tail|$coined $tail|$coined $tail|$coined|$coined|$word $tail|$word $tail|$word $word $tail|$word $word $tail|$last-last|$last-last $tail|$last & $last|$last and $last|$last, $last and $last|$last, $last & $last|$last, $last and $last|$last & Sons|$last Brothers|$person $tail|$institution of $place|University of $place|Bank of $place|$place $institution|$place $institution|$place $tail|$place $team|$place $team|$place United|FC $place|$place FC|$last $institution|$person Foundation|$acronym|$acronym|$acronym|$acronym $tail|The $word $team|The $team|$word Party|$word Records|Royal $word Society|$place Symphony Orchestra|National $word Agency|Ministry of $word|Department of $word|Federal $word Commission|$word $institution|$place School of $word|$place High School|$place General Hospital|St. $last Hospital|$place Police Department".split(
		"|",
	);
const teams = split(
	"Tigers Lions Bears Eagles Hawks Giants Rangers Kings Royals Rovers Wanderers Athletic Dynamo Wolves Bulls Sharks Panthers Falcons Ravens Cardinals Reds Blues Pirates Saints Warriors Knights Raiders Rockets Stars Devils Jets Flyers Penguins Hornets Wildcats Bulldogs Cowboys Mariners Sounders Stones Beatles Monkeys Riders Brothers Boys Heads",
);
const coinedEndings = split(
	"tech soft ware gen ix data net ly ify zon corp com sys pharm bank pay air lab onics logic media core a o",
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
	/** First and last names that places have as well. */
	readonly firstOrPlace: readonly string[];
	readonly lastOrPlace: readonly string[];
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
	const [first, last, places] = [list("first-names"), list("last-names"), list("places")];
	const known = new Set(places);
	return {
		first,
		last,
		firstOrPlace: first.filter((name) => known.has(name)),
		lastOrPlace: last.filter((name) => known.has(name)),
		places,
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
			if (dice.coin(0.15)) return unknown(dice);
			return capital(dice.pick(dice.coin(0.1) ? lists.firstOrPlace : lists.first));
		case "L":
			if (dice.coin(0.3)) return unknown(dice);
			return capital(dice.pick(dice.coin(0.1) ? lists.lastOrPlace : lists.last));
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
			return noun(dice);
		case "D":
			return code(dice);
		case "E":
			return handle(lists, dice);
		case "R":
			return dice.pick(plainNames.roles);
		case "T":
			return dice.pick(plainNames.products);
		case "Q":
			return dice.pick(plainNames.medical);
		case "U":
			return dice.pick(plainNames.peoples);
		case "w":
		case "W":
			return dice.pick(lists.words);
		default:
			return slot;
	}
}

/** Numbers, dates, amounts and codes with letters, which are no names. */
function code(dice: Dice): string {
	return Array.from(dice.pick(codeForms), (mark) => {
		if (mark === "9") return String(dice.number(10) - 1);
		return mark === "A" ? String.fromCharCode(64 + dice.number(26)) : mark;
	})
		.join("")
		.replace("M", dice.pick(months));
}

function handle(lists: Lists, dice: Dice): string {
	const name = `${dice.pick(lists.first)}${dice.pick([".", "_", "", "-"])}${dice.pick(lists.last)}`;
	const number = dice.coin(0.4) ? String(dice.number(99)) : "";
	return dice.pick([
		`${name}${number}@example.com`,
		`${name}${number}`,
		`https://example.com/${name}`,
	]);
}

/** A German noun, one made of two, or one that only its ending tells. */
function noun(dice: Dice): string {
	if (dice.coin(0.4)) return dice.pick(plainNames.nouns);
	if (dice.coin(0.6))
		return `${dice.pick(plainNames.nouns)}${dice.pick(plainNames.nouns).toLowerCase()}`;
	return `${unknown(dice)}${dice.pick(germanEndings)}`;
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

function place(lists: Lists, dice: Dice): string {
	if (dice.coin(0.06)) return capital(dice.pick(lists.lastOrPlace));
	if (!dice.coin(0.25)) return capital(dice.pick(lists.places));
	const head = dice.coin(0.3) ? `${dice.pick(placeHeads)} ` : "";
	return `${head}${unknown(dice)}${dice.coin(0.3) ? ` ${dice.pick(placeTails)}` : ""}`;
}

function organization(lists: Lists, dice: Dice): string {
	return Array.from(dice.pick(organizationForms).split(" "), (part) => {
		if (part.startsWith("$")) return organizationPart(part, lists, dice);
		return part;
	}).join(" ");
}

function organizationPart(part: string, lists: Lists, dice: Dice): string {
	switch (part) {
		case "$known":
			return capital(dice.pick(lists.organizations));
		case "$tail":
			return dice.pick(companyTails);
		case "$institution":
			return dice.pick(institutions);
		case "$team":
			return dice.pick(teams);
		case "$coined":
			return `${unknown(dice)}${dice.pick(coinedEndings)}`;
		case "$acronym":
			return acronym(dice);
		case "$word":
			return heading(lists, dice);
		case "$last":
			return fillSlot("L", lists, dice);
		case "$last,":
			return `${fillSlot("L", lists, dice)},`;
		case "$last-last":
			return `${fillSlot("L", lists, dice)}-${fillSlot("L", lists, dice)}`;
		case "$person":
			return person(lists, dice);
		case "$place":
			return place(lists, dice);
		default:
			return unknown(dice);
	}
}

function acronym(dice: Dice): string {
	if (dice.coin(0.2)) return dice.pick(acronyms).toUpperCase();
	return Array.from({ length: 1 + dice.number(3) }, () =>
		String.fromCharCode(64 + dice.number(26)),
	).join("");
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
