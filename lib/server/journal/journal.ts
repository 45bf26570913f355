import { closeSync, openSync, readFileSync, unlinkSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { SettledRecord } from "../../../proxy-core/contract/settled-record.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { Journal, Log } from "../../../proxy-core/ports.ts";
import { openSegmentFolder } from "./segment-folder.ts";

/** A file of the journal that nobody writes to any more. */
export interface Segment {
	readonly path: string;
	readonly lines: number;
}

/** The journal as its shipper sees it. */
export interface SegmentedJournal extends Journal {
	/** Lines that are not in the database yet, as far as this process knows. */
	readonly backlog: () => number;
	/** Ends the file that is being written, so that it can be shipped. */
	readonly rotate: () => void;
	/** Closed files, oldest first. */
	readonly segments: () => readonly Segment[];
	/** Call only when the segment's rows are committed. */
	readonly remove: (segment: Segment) => void;
	/** Keeps a line that the database will never take, with the reason. */
	readonly reject: (line: string, reason: string) => void;
	/** To be called every few seconds: sign of life, orphans of dead processes, recovery of a full disk. */
	readonly tend: () => void;
	readonly close: () => void;
}

export interface JournalOptions {
	readonly dir: string;
	/** Distinguishes processes that share the folder. */
	readonly node: string;
	readonly log: Log;
}

/** Lines of this turn of the event loop, and whoever waits for them. */
interface Waiting {
	lines: string;
	count: number;
	readonly written: PromiseWithResolvers<void>;
}

interface OpenSegment {
	readonly path: string;
	readonly file: number;
	lines: number;
	bytes: number;
}

const segmentBytesMax = 8 * 1024 * 1024;
const beatMsMax = 30_000;

/**
 * Opens this process's part of the journal and takes over what dead processes left.
 *
 * All requests that settle in one turn of the event loop share one `write(2)`, without `fsync`: the
 * page cache outlives the process, so `kill -9` loses nothing that was acknowledged. Only a crash of the machine itself can lose the last seconds.
 * A line torn by a full disk or a crash is the last one of its file, because a failed write ends the file.
 */
export function openJournal({ dir, node, log }: JournalOptions): SegmentedJournal {
	const folder = openSegmentFolder(dir, node);
	const closed: Segment[] = [];
	let open: OpenSegment | undefined;
	let isHealthy = true;
	let lastBeatMs = Date.now();

	const rotate = () => {
		if (open === undefined) return;
		const { path, file, lines } = open;
		open = undefined;
		closed.push({ path, lines });
		closeSync(file);
	};
	const adoptOrphans = () => {
		const segments = folder.adoptOrphans().map((path) => ({ path, lines: countLines(path) }));
		closed.push(...segments);
		const lines = segments.reduce((sum, segment) => sum + segment.lines, 0);
		if (segments.length > 0) {
			log.info("Found journal lines of a process that ended early; they are shipped now.", {
				lines,
			});
		}
	};
	const beat = () => {
		lastBeatMs = Date.now();
		// Whoever took the folder over holds the open file too; writing on would lose lines.
		if (!folder.beat()) {
			open = undefined;
			closed.length = 0;
		}
	};
	const write = (lines: Buffer, count: number) => {
		if (Date.now() - lastBeatMs > beatMsMax) beat();
		open ??= openSegment(folder.nextPath());
		let written = 0;
		while (written < lines.length) written += writeSync(open.file, lines, written);
		open.lines += count;
		open.bytes += lines.length;
		if (open.bytes >= segmentBytesMax) rotate();
	};
	let waiting: Waiting | undefined;
	const flush = () => {
		if (waiting === undefined) return;
		const { lines, count, written } = waiting;
		waiting = undefined;
		try {
			write(Buffer.from(lines), count);
			isHealthy = true;
			written.resolve();
		} catch (cause) {
			isHealthy = false;
			rotate();
			written.reject(new GatewayError("internal.unavailable", { cause }));
		}
	};
	adoptOrphans();

	return {
		append: (record: SettledRecord) => {
			if (waiting === undefined) {
				waiting = { lines: "", count: 0, written: Promise.withResolvers() };
				setImmediate(flush);
			}
			waiting.lines += `${JSON.stringify(record)}\n`;
			waiting.count += 1;
			return waiting.written.promise;
		},
		isHealthy: () => isHealthy,
		backlog: () => closed.reduce((sum, segment) => sum + segment.lines, open?.lines ?? 0),
		rotate,
		segments: () => closed,
		remove: (segment) => {
			const index = closed.indexOf(segment);
			if (index >= 0) closed.splice(index, 1);
			removeFile(segment.path);
		},
		reject: (line, reason) => {
			const entry = { at: new Date().toISOString(), reason, line };
			const path = join(dir, "rejected.ndjson");
			writeFileSync(path, `${JSON.stringify(entry)}\n`, { flag: "a", mode: 0o600 });
		},
		tend: () => {
			beat();
			adoptOrphans();
			if (!isHealthy) isHealthy = canWrite(dir);
		},
		close: () => {
			flush();
			rotate();
			folder.close();
		},
	};
}

/** Opens lazily, so that an idle process leaves no empty files. */
function openSegment(path: string): OpenSegment {
	return { path, file: openSync(path, "ax", 0o600), lines: 0, bytes: 0 };
}

function countLines(path: string): number {
	const bytes = readFileSync(path);
	let lines = 0;
	for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
	return lines;
}

function removeFile(path: string): void {
	try {
		unlinkSync(path);
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
	}
}

/** A node without disk space gets no traffic, so it has to find out by itself that there is some again. */
function canWrite(dir: string): boolean {
	const path = join(dir, ".probe");
	try {
		writeFileSync(path, Buffer.alloc(65_536), { mode: 0o600 });
		unlinkSync(path);
		return true;
	} catch {
		return false;
	}
}
