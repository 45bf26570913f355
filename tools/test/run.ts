/**
 * Runs every check and test and ends with the line `N passed, N failed` over all of them.
 *
 * Usage: node tools/test/run.ts [step or kind …]   (`check` runs the checks alone)
 */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import type { Step } from "./steps.ts";
import { playwrightReport, reportDir, steps } from "./steps.ts";
import type { Tally } from "./tally.ts";
import { tallyPlaywright, tallyVitest } from "./tally.ts";

const wanted = process.argv.slice(2);
const chosen = steps.filter(
	({ name, kind }) => wanted.length === 0 || wanted.includes(name) || wanted.includes(kind),
);
const results: { readonly step: Step; readonly tally: Tally }[] = [];
const running: { child?: ChildProcess; isInterrupted: boolean } = { isInterrupted: false };

process.chdir(resolve(import.meta.dirname, "../.."));
rmSync(reportDir, { recursive: true, force: true });
mkdirSync(reportDir, { recursive: true });
for (const signal of ["SIGINT", "SIGTERM"] as const) {
	process.on(signal, () => {
		running.isInterrupted = true;
		killGroup(running.child, "SIGTERM");
	});
}
for (const step of chosen) {
	if (running.isInterrupted) break;
	console.log(`\n── ${step.name}`);
	const startedAt = Date.now();
	const exitedWell = await runStep(step);
	const tally = count(step, exitedWell);
	results.push({ step, tally });
	const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
	console.log(`── ${step.name}: ${summary(tally)} (${seconds} s)`);
}
finish();

function finish(): void {
	const passed = results.reduce((sum, { tally }) => sum + tally.passed, 0);
	const failedTests = results.reduce((sum, { tally }) => sum + tally.failed, 0);
	// Steps that never came to run are failures too.
	const failed = failedTests + chosen.length - results.length + (chosen.length === 0 ? 1 : 0);
	const bad = results.filter(({ tally }) => tally.failed > 0).map(({ step }) => step.name);
	if (bad.length > 0) console.log(`\nFailing: ${bad.join(", ")}`);
	if (running.isInterrupted) console.log("\nInterrupted.");
	process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
	console.log(`\n${summary({ passed, failed })}`);
}

function summary({ passed, failed }: Tally): string {
	return `${passed} passed, ${failed} failed`;
}

/** Resolves to whether the program ended with 0 in its time. It never rejects. */
function runStep(step: Step): Promise<boolean> {
	return new Promise((settle) => {
		const child = spawn(process.execPath, [step.script, ...step.args], {
			stdio: ["ignore", "inherit", "inherit"],
			env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
			// A group of its own, so that servers and browsers which a stuck step started end with it.
			detached: process.platform !== "win32",
		});
		running.child = child;
		const deadline = setTimeout(() => {
			console.error(`${step.name} took longer than ${step.timeoutMs / 60_000} minutes.`);
			killGroup(child, "SIGKILL");
		}, step.timeoutMs);
		const end = (isWell: boolean) => {
			clearTimeout(deadline);
			settle(isWell);
		};
		child.once("error", (error) => {
			console.error(error.message);
			end(false);
		});
		child.once("exit", (code) => end(code === 0));
	});
}

function count(step: Step, exitedWell: boolean): Tally {
	if (step.report === undefined) return { passed: exitedWell ? 1 : 0, failed: exitedWell ? 0 : 1 };
	if (!existsSync(step.report)) return { passed: 0, failed: 1 };
	try {
		const report: unknown = JSON.parse(readFileSync(step.report, "utf8"));
		return step.kind === "vitest"
			? tallyVitest(report, exitedWell)
			: tallyPlaywright(report, exitedWell);
	} catch (error) {
		console.error(`The report of ${step.name} cannot be read: ${String(error)}`);
		return { passed: 0, failed: 1 };
	}
}

function killGroup(child: ChildProcess | undefined, signal: "SIGTERM" | "SIGKILL"): void {
	if (child?.pid === undefined || child.exitCode !== null) return;
	try {
		process.kill(process.platform === "win32" ? child.pid : -child.pid, signal);
	} catch {
		// It ended meanwhile.
	}
}
