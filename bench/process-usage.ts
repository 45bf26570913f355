import { readFileSync } from "node:fs";

/** Linux counts in hundredths of a second, whatever the kernel's own tick. */
const ticksPerSecond = 100;

/** Processor time of a process and its children so far; `undefined` where there is no /proc. */
export function cpuSeconds(pid: number): number | undefined {
	return sumOverFamily(pid, ownCpuSeconds);
}

export function residentMb(pid: number): number | undefined {
	return sumOverFamily(pid, (member) => memoryField(member, "VmRSS"));
}

export function peakResidentMb(pid: number): number | undefined {
	return sumOverFamily(pid, (member) => memoryField(member, "VmHWM"));
}

function sumOverFamily(
	pid: number,
	measure: (pid: number) => number | undefined,
): number | undefined {
	const own = measure(pid);
	if (own === undefined) return undefined;
	return childrenOf(pid).reduce((sum, child) => sum + (measure(child) ?? 0), own);
}

function childrenOf(pid: number): readonly number[] {
	try {
		const list = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
		return list === "" ? [] : list.split(" ").map(Number);
	} catch {
		return [];
	}
}

function ownCpuSeconds(pid: number): number | undefined {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
		// The second field is the name in parentheses and may hold spaces.
		const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
		return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
	} catch {
		return undefined;
	}
}

function memoryField(pid: number, name: string): number | undefined {
	try {
		const status = readFileSync(`/proc/${pid}/status`, "utf8");
		const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1];
		return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
	} catch {
		return undefined;
	}
}
