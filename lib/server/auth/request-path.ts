/**
 * The path of a request target when there is only one way to read it, else undefined. Encoded slashes,
 * dots, backslashes and percent signs, doubled slashes and dot segments are read differently by
 * different layers, and a check made on one reading says nothing about the other.
 */
export function unambiguousPath(target: string | undefined): string | undefined {
	if (target === undefined || !target.startsWith("/")) return undefined;
	const raw = target.split(/[?#]/, 1)[0] ?? "";
	const decoded = decodeOnce(raw);
	if (decoded === undefined || hasControl(raw)) return undefined;
	if (/[\\%]/.test(decoded) || decoded.includes("//") || hasControl(decoded)) return undefined;
	if (/%(2e|2f|5c)/i.test(raw)) return undefined;
	const segments = decoded.split("/");
	return segments.includes(".") || segments.includes("..") ? undefined : raw;
}

function decodeOnce(path: string): string | undefined {
	try {
		return decodeURIComponent(path);
	} catch {
		return undefined;
	}
}

function hasControl(text: string): boolean {
	return Array.from(text).some((one) => one <= " " || one === "\u007f");
}
