export type Cell = string | number | boolean | null;

/**
 * RFC 4180 text with a header line. A cell that a spreadsheet would run as a formula is prefixed
 * with an apostrophe: exported data comes from callers.
 */
export function toCsv(headers: readonly string[], rows: readonly (readonly Cell[])[]): string {
	const lines = [headers, ...rows].map((row) => row.map(quote).join(","));
	return `${lines.join("\r\n")}\r\n`;
}

function quote(cell: Cell): string {
	if (cell === null) return "";
	if (typeof cell !== "string") return String(cell);
	const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
