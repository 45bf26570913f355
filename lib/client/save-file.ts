/** Lets the browser save a text as a file. */
export function saveFile(file: {
	readonly name: string;
	readonly type: string;
	readonly text: string;
}): void {
	const address = URL.createObjectURL(new Blob([file.text], { type: file.type }));
	const link = document.createElement("a");
	link.href = address;
	link.download = file.name;
	link.click();
	URL.revokeObjectURL(address);
}
