import type { TextSegment } from "../contract/verdict.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { RequestFile } from "../providers/define-provider.ts";
import type { Json } from "./define-operation.ts";

/** Where a form's file names stand while guards and masking work on it; no provider gets this member. */
const member = "(file names)";

/** Providers tell by these what a file is, so a mark in a name leaves them. */
const endings: ReadonlySet<string> = new Set(
	"aac aiff avif bmp flac gif heic jpeg jpg m4a mov mp3 mp4 mpeg mpga oga ogg opus pdf png svg tiff txt wav webm webp wma".split(
		" ",
	),
);

/** A form's fields with the names of its files among them. Throws `request.malformed_form`. */
export function withFileNames(fields: Json, files: readonly RequestFile[]): Json {
	if (member in fields) {
		throw new GatewayError("request.malformed_form", {
			message: `A form may not have a field named \`${member}\`.`,
		});
	}
	return files.length === 0 ? fields : { ...fields, [member]: files.map(({ name }) => stem(name)) };
}

export function fileNameSegments(files: readonly RequestFile[]): readonly TextSegment[] {
	return files.flatMap(({ name }, index): readonly TextSegment[] => {
		const text = stem(name);
		return text === "" ? [] : [{ source: "user", path: [member, index], text }];
	});
}

/** The form as it goes on: files under the names that guards and masking left them. */
export function withoutFileNames(
	json: Json,
	files: readonly RequestFile[],
): { readonly json: Json; readonly files: readonly RequestFile[] } {
	const { [member]: names, ...fields } = json;
	if (!Array.isArray(names)) return { json, files };
	return {
		json: fields,
		files: files.map((file, index) => {
			const left: unknown = names[index];
			return typeof left === "string" ? { ...file, name: left + endingOf(file.name) } : file;
		}),
	};
}

function stem(name: string): string {
	return name.slice(0, name.length - endingOf(name).length);
}

function endingOf(name: string): string {
	const dot = name.lastIndexOf(".");
	return dot >= 0 && endings.has(name.slice(dot + 1).toLowerCase()) ? name.slice(dot) : "";
}
