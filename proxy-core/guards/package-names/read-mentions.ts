/** Where packages of a language come from. */
export const ecosystems = [
	"npm",
	"pypi",
	"cargo",
	"gem",
	"go",
	"composer",
	"nuget",
	"maven",
] as const;
export type Ecosystem = (typeof ecosystems)[number];

/** A package that a text tells to install, or depends on. Offsets are those of the name. */
export interface Mention {
	readonly ecosystem: Ecosystem;
	readonly name: string;
	readonly start: number;
	readonly end: number;
	/** The text ends before it is certain that the name does. */
	readonly isOpen: boolean;
}

const hints =
	/\b(?:npm|pnpm|install|add|get|require|npx|dlx|bunx|uvx|run|package|Install-Package|import|from|gem|implementation|api)\b|[=~>]=|":/;

const command =
	/(?<![\w-])(?:(npm (?:install|i|add)|npx|bunx|bun (?:add|install|x)|pnpm (?:add|install|i|dlx)|yarn (?:global )?add|yarn dlx)|(pip3? install|pipx (?:install|run)|uv (?:add|pip install|tool install)|uvx|poetry add|pipenv install|pdm add)|(cargo (?:add|install))|(gem install|bundle add)|(go (?:get|install))|(composer (?:global )?require)|(nuget install|Install-Package|dotnet add (?:\S{1,200} )?package))(?=[ \t]|$)/g;
const ofGroup: readonly Ecosystem[] = ["npm", "pypi", "cargo", "gem", "go", "composer", "nuget"];

/** Flags whose next word is no package. */
const valued = new Set(
	"-r --requirement -c --constraint -e --editable -i --index-url --extra-index-url -f --find-links -t --target --prefix --registry --filter -w --workspace -C --cwd --tag -G --group --features -F --version -v -V --path --git --branch --rev --python -p --source -s --framework --index --dir --scope --cache --jobs -j".split(
		" ",
	),
);
/** Words by which a sentence goes on after a command that stands in it. */
const prose = new Set(
	"and or to then in for from the if with before after command which using as on is will you so again first that it this into once your a an inside globally locally when but instead".split(
		" ",
	),
);
/** Tools that take one name and hand the rest on to it. */
const runners = /^(?:npx|bunx|uvx|bun x|pnpm dlx|yarn dlx|pipx run)$/;

const imports = /\b(?:from|import|require\()[ \t]{0,4}\(?(["'])([^"'\s\\]{1,214})("|'|$)?/g;
const requirement =
	/^[ \t]{0,8}([A-Za-z0-9][\w.-]{1,99})(?:\[[\w, -]{0,80}\])?[ \t]?(?:==|~=|>=)[ \t]?\d{1,6}\.\d/gm;
const dependency =
	/^[ \t]{0,12}"((?:@[a-z0-9~-][\w.~-]{0,100}\/)?[a-z0-9~-][\w.~-]{0,213})"[ \t]{0,4}:[ \t]{0,4}"(?:[\^~]\d[\w.+-]{0,30}|\d{1,4}\.\d{1,5}\.\d[\w.+-]{0,30})/gm;
const gemfile = /^[ \t]{0,8}gem[ \t]{1,4}["']([\w-]{1,100})(["'])?/gm;
const gradle =
	/\b(?:implementation|testImplementation|api|compileOnly|runtimeOnly|kapt|ksp)[ \t]{0,4}\(?[ \t]{0,4}["']([\w.-]{1,200}:[\w.-]{1,200}):/g;

/** For the proof that none of them is slow on any text. */
export const mentionPatterns = [command, imports, requirement, dependency, gemfile, gradle];

const notDependencies = new Set(
	"version node npm yarn pnpm bun engines lockfileVersion api".split(" "),
);

/** Every package named by an install command, an import or a manifest. Linear in the text. */
export function readMentions(text: string): readonly Mention[] {
	if (!hints.test(text)) return [];
	return [
		...readCommands(text),
		...readImports(text),
		...readPattern(text, requirement, "pypi"),
		...readPattern(text, dependency, "npm").filter(({ name }) => !notDependencies.has(name)),
		...readPattern(text, gemfile, "gem"),
		...readPattern(text, gradle, "maven"),
	].toSorted((a, b) => a.start - b.start);
}

function readCommands(text: string): readonly Mention[] {
	const mentions: Mention[] = [];
	let taken = 0;
	for (const match of text.matchAll(command)) {
		if (match.index < taken) continue;
		const group = match.slice(1).findIndex((part) => part !== undefined);
		const ecosystem = ofGroup[group];
		if (ecosystem === undefined) continue;
		const words = argumentsAt(text, match.index + match[0].length);
		for (const word of words) {
			taken = word.start + word.text.length;
			const mention = mentionOf(ecosystem, word, text.length);
			if (mention !== undefined) mentions.push(mention);
			if (runners.test(match[0])) break;
		}
	}
	return mentions;
}

interface Argument {
	readonly text: string;
	readonly start: number;
}

/** Words up to the end of the command, without flags and their values. */
function argumentsAt(text: string, from: number): readonly Argument[] {
	const line = /^[^\n`|;&#)<>]{0,400}/.exec(text.slice(from, from + 400))?.[0] ?? "";
	const words: Argument[] = [];
	let skips = false;
	for (const { 0: raw, index } of line.matchAll(/[^\s]+/g)) {
		const bare = raw.replace(/^["'*]+/, "").replace(/["'*,.:!?]{1,32}$/, "");
		if (raw.startsWith("-")) {
			skips = valued.has(raw);
			continue;
		}
		if (prose.has(bare.toLowerCase()) && !/^["']/.test(raw)) break;
		if (!skips && bare !== "") words.push({ text: bare, start: from + index + raw.indexOf(bare) });
		skips = false;
	}
	return words;
}

const nameForms: Readonly<Record<Ecosystem, RegExp>> = {
	npm: /^(?:@[a-z0-9~-][\w.~-]{0,100}\/)?[a-z0-9~-][\w.~-]{0,213}/i,
	pypi: /^[a-z0-9][\w.-]{0,100}/i,
	cargo: /^[a-z][\w-]{0,64}/i,
	gem: /^[a-z][\w.-]{0,100}/i,
	go: /^[a-z0-9][a-z0-9.-]{1,100}\.[a-z]{2,12}\/[\w.~/-]{1,200}/i,
	composer: /^[a-z0-9][\w.-]{0,100}\/[\w.-]{1,100}/i,
	nuget: /^[a-z][\w.-]{1,100}/i,
	maven: /^[\w.-]{1,200}:[\w.-]{1,200}/,
};

/** What stands in manuals where the reader puts a name of their own. */
const placeholder =
	/^(?:(?:your|my|some|the|a)[-_]?)?(?:package|module|library|lib|crate|gem|app|project|plugin)(?:[-_]?name)?\d?$/i;

function mentionOf(
	ecosystem: Ecosystem,
	{ text, start }: Argument,
	length: number,
): Mention | undefined {
	if (/^(?:[./~$<{[(]|\w+:|[A-Z_]{3,}$)/.test(text) || text.includes("://")) return undefined;
	const name = nameForms[ecosystem].exec(text)?.[0].replace(/[.-]{1,32}$/, "");
	if (name === undefined || placeholder.test(name)) return undefined;
	const rest = text.slice(name.length);
	// `user/repository`, files and paths are other sources than the registry.
	if (rest.startsWith("/") && ecosystem !== "go") return undefined;
	if (ecosystem !== "nuget" && /\.(?:txt|whl|tgz|zip|gz|toml|json|gem)$/i.test(text))
		return undefined;
	if (rest !== "" && !/^[@[=<>~!^;:.,]/.test(rest)) return undefined;
	return {
		ecosystem,
		name,
		start,
		end: start + name.length,
		isOpen: start + text.length === length,
	};
}

function readImports(text: string): readonly Mention[] {
	const mentions: Mention[] = [];
	for (const match of text.matchAll(imports)) {
		const [whole, quote = "", path = "", closing] = match;
		const start = match.index + whole.indexOf(quote) + 1;
		const end = start + path.length;
		const isOpen = closing === undefined && end === text.length;
		if (!isOpen && closing !== quote) continue;
		const name = packageOf(path);
		if (name === undefined) continue;
		mentions.push({ ecosystem: "npm", name, start, end: start + name.length, isOpen });
	}
	return mentions;
}

/** `@scope/name/part` → `@scope/name`; undefined for files, built-in modules and other registries. */
function packageOf(path: string): string | undefined {
	if (!/^[@a-z0-9]/i.test(path) || path.startsWith("@/") || path.includes(":")) return undefined;
	const parts = path.split("/");
	const name = parts.slice(0, path.startsWith("@") ? 2 : 1).join("/");
	const isWhole = nameForms.npm.exec(name)?.[0] === name;
	return !isWhole || (parts.length > 1 && /\.[a-z]{2,}$/.test(name)) ? undefined : name;
}

function readPattern(text: string, pattern: RegExp, ecosystem: Ecosystem): readonly Mention[] {
	return Array.from(text.matchAll(pattern), ({ 0: whole, 1: name = "", index }) => {
		const start = index + whole.indexOf(name);
		const isOpen = index + whole.length === text.length;
		return { ecosystem, name, start, end: index + whole.length, isOpen };
	});
}
