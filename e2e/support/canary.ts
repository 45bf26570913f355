/** A secret with a name, put in at one place to see where it comes out. */
export interface Canary {
	readonly name: string;
	readonly value: string;
}

/** Anything that left the server or stayed behind, as text. */
export interface Sink {
	readonly where: string;
	readonly text: string;
}

/** `<canary> in <where>`, once for each, sorted. Looks for the usual encodings too. */
export function sightings(canaries: readonly Canary[], sinks: readonly Sink[]): readonly string[] {
	const found = new Set<string>();
	for (const { name, value } of canaries) {
		const forms = formsOf(value);
		for (const { where, text } of sinks) {
			const lower = text.toLowerCase();
			if (forms.some((form) => text.includes(form) || lower.includes(form.toLowerCase()))) {
				found.add(`${name} in ${where}`);
			}
		}
	}
	return [...found].sort();
}

function formsOf(value: string): readonly string[] {
	const bytes = Buffer.from(value);
	return [
		...new Set([
			value,
			JSON.stringify(value).slice(1, -1),
			encodeURIComponent(value),
			bytes.toString("hex"),
			...base64Forms(bytes),
			// Cut off or broken up, it would still be most of the secret.
			value.slice(0, Math.ceil(value.length * 0.6)),
			value.slice(-Math.ceil(value.length * 0.6)),
		]),
	];
}

/** Inside a longer text base64 depends on where the secret begins; the characters at both ends too. */
function base64Forms(bytes: Buffer): readonly string[] {
	return [0, 1, 2].map((shift) => {
		const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64url");
		return encoded.slice(shift === 0 ? 0 : 4, Math.floor((bytes.length + shift) / 3) * 4);
	});
}
