/** A name as one segment of a path: names of routes and targets have slashes, which a path cannot hold. */
export function idOfName(name: string): string {
	return Buffer.from(name, "utf8").toString("base64url");
}

/** The name again; an id that nobody made gives a name that nothing has. */
export function nameOfId(id: string): string {
	return Buffer.from(id, "base64url").toString("utf8");
}
