/** One generated file; `path` is relative to the project's folder. */
export interface ReferenceFile {
	readonly path: string;
	readonly text: string;
}

const notice =
	"<!-- Generated from the code by `npm run reference`; changes made here are overwritten. -->";

/** A page of blocks with a blank line between them. */
export function page(title: string, ...blocks: readonly string[]): string {
	return `${[notice, `# ${title}`, ...blocks].join("\n\n")}\n`;
}

/** Cells are Markdown already; only what would end a cell or a row is escaped. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
	const rule = `|${header.map(() => "---").join("|")}|`;
	return [line(header), rule, ...rows.map(line)].join("\n");
}

function cell(text: string): string {
	return text.replaceAll("|", "\\|").replaceAll(/\s*\n\s*/g, " ");
}

export function code(text: string): string {
	return `\`${text}\``;
}
