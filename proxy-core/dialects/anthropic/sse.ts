/** One server-sent event of this dialect; JSON that came over several lines goes out over as many. */
export function sse(type: string, data: string): string {
	const lines = data.includes("\n") ? data.replaceAll("\n", "\ndata: ") : data;
	return `event: ${type}\ndata: ${lines}\n\n`;
}

/** An event whose JSON repeats its type, as all of them do. */
export function event(type: string, fields: object = {}): string {
	return sse(type, JSON.stringify({ type, ...fields }));
}

const leadingType = /^\{\s*"type"\s*:\s*"([a-z_]+)"/;

/** The type of an upstream's event; nearly always its first member, so that it need not be parsed. */
export function typeOf(data: string): string {
	const [, type] = leadingType.exec(data) ?? [];
	if (type !== undefined) return type;
	const value: unknown = JSON.parse(data);
	const named = typeof value === "object" && value !== null && "type" in value ? value.type : "";
	return typeof named === "string" ? named : "";
}

/** The number of the block that an upstream's event is about. */
export function indexOf(data: string): number {
	const value: unknown = JSON.parse(data);
	const index = typeof value === "object" && value !== null && "index" in value ? value.index : 0;
	return typeof index === "number" ? index : 0;
}
