import { randomBytes } from "node:crypto";
import {
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmdirSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { isRunning, ownIdentity, processIdentitySchema } from "./process-identity.ts";

const ownerFile = "owner.json";
const segmentName = /^\d{9}\.ndjson$/;
/** A process on another host that shares the folder counts as dead after this much silence. */
const silenceMsMax = 120_000;

/**
 * The folder of one process below the journal's folder. Only its owner writes in it; what a dead
 * owner left is moved, file by file, into the folder of whoever finds it first.
 */
export interface SegmentFolder {
	/** A fresh file name, later than every one before. */
	readonly nextPath: () => string;
	/** Takes over the segments of dead processes; their new paths, oldest first. */
	readonly adoptOrphans: () => readonly string[];
	/** Tells other hosts that this process lives. False: another one has taken the folder over. */
	readonly beat: () => boolean;
	/** Removes the folder if nothing is left in it. */
	readonly close: () => void;
}

export function openSegmentFolder(dir: string, node: string): SegmentFolder {
	mkdirSync(dir, { recursive: true, mode: 0o700 });
	const suffix = randomBytes(4).toString("hex");
	const name = `${node.replace(/[^\w.-]/g, "_").slice(0, 100)}-${suffix}`;
	const own = join(dir, name);
	let last = 0;

	const claim = () => {
		// Made aside, so that nobody ever sees the folder without its owner's name in it.
		const draft = join(dir, `.${name}`);
		mkdirSync(draft, { recursive: true, mode: 0o700 });
		writeFileSync(join(draft, ownerFile), JSON.stringify(ownIdentity()), { mode: 0o600 });
		renameSync(draft, own);
	};
	claim();

	const nextPath = () => {
		last += 1;
		return join(own, `${String(last).padStart(9, "0")}.ndjson`);
	};
	return {
		nextPath,
		adoptOrphans: () =>
			listFolders(dir)
				.filter((folder) => folder !== name && isOrphan(join(dir, folder)))
				.flatMap((folder) => adopt(join(dir, folder), nextPath)),
		beat: () => {
			try {
				const now = new Date();
				utimesSync(join(own, ownerFile), now, now);
				return true;
			} catch (cause) {
				if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
				rmSync(own, { recursive: true, force: true });
				claim();
				return false;
			}
		},
		close: () => {
			const isEmpty = readdirSync(own).every((file) => file === ownerFile);
			if (isEmpty) rmSync(own, { recursive: true, force: true });
		},
	};
}

function listFolders(dir: string): string[] {
	return readdirSync(dir, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
		.map((entry) => entry.name)
		.sort();
}

function isOrphan(folder: string): boolean {
	const path = join(folder, ownerFile);
	try {
		const owner = processIdentitySchema.parse(JSON.parse(readFileSync(path, "utf8")));
		const running = isRunning(owner);
		return running === undefined ? Date.now() - statSync(path).mtimeMs > silenceMsMax : !running;
	} catch {
		// Unreadable owner: somebody is adopting it right now, or was killed while doing so.
		return isQuiet(folder);
	}
}

function isQuiet(folder: string): boolean {
	try {
		return Date.now() - statSync(folder).mtimeMs > silenceMsMax;
	} catch {
		return false;
	}
}

/** Several processes may try at once: a rename has one winner, the others find the file gone. */
function adopt(folder: string, nextPath: () => string): string[] {
	const adopted: string[] = [];
	for (const file of listSegments(folder)) {
		const path = nextPath();
		try {
			renameSync(join(folder, file), path);
			adopted.push(path);
		} catch (cause) {
			if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
		}
	}
	try {
		rmSync(join(folder, ownerFile), { force: true });
		rmdirSync(folder);
	} catch (cause) {
		const code = (cause as NodeJS.ErrnoException).code ?? "";
		if (!["ENOENT", "ENOTEMPTY"].includes(code)) throw cause;
	}
	return adopted;
}

function listSegments(folder: string): string[] {
	try {
		return readdirSync(folder)
			.filter((file) => segmentName.test(file))
			.sort();
	} catch {
		return [];
	}
}
