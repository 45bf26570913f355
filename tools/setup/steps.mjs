import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";

const heartbeatMs = 10_000;
const logTailLines = 25;

/** A step that failed, told for the person at the terminal. */
export class StepError extends Error {
	constructor(message, exitCode = 1) {
		super(message);
		this.exitCode = exitCode;
	}
}

/**
 * Runs the steps that are not done yet, one after the other, and shows that each goes on.
 * A step is `{ title, isDone, run }`; `run` gets `{ run }`, which starts a program and throws
 * {@link StepError} with the end of its output when it fails.
 */
export async function runSteps(steps, logDir) {
	for (const [index, step] of steps.entries()) {
		if (step.isDone()) continue;
		const label = `[${index + 1}/${steps.length}] ${step.title}`;
		mkdirSync(logDir, { recursive: true });
		const logPath = join(logDir, `${index + 1}.log`);
		const log = openSync(logPath, "w");
		const progress = showProgress(label);
		try {
			await step.run({ run: (...program) => runProgram(program, { step, log, logPath }) });
			progress.end(" done,");
		} catch (error) {
			progress.end(" failed after");
			throw error;
		} finally {
			closeSync(log);
		}
	}
}

function showProgress(label) {
	const startedAt = Date.now();
	const elapsed = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
	const isTerminal = process.stderr.isTTY;
	process.stderr.write(isTerminal ? `${label} …` : `${label} …\n`);
	const timer = setInterval(
		() =>
			process.stderr.write(isTerminal ? `\r${label} … ${elapsed()}` : `${label} … ${elapsed()}\n`),
		isTerminal ? 1_000 : heartbeatMs,
	);
	return {
		end: (outcome) => {
			clearInterval(timer);
			process.stderr.write(`${isTerminal ? "\r" : ""}${label} …${outcome} ${elapsed()}\n`);
		},
	};
}

function runProgram([command, args, options = {}], { step, log, logPath }) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd: options.cwd,
			// The log is read as text, here and in CI.
			env: { ...(options.baseEnv ?? process.env), NO_COLOR: "1", FORCE_COLOR: "0", ...options.env },
			stdio: ["ignore", log, log],
			windowsHide: true,
		});
		// Ctrl-C reaches the program as well; its end is reported instead of our sudden one.
		const forward = (signal) => child.kill(signal);
		const release = () => {
			process.off("SIGINT", forward);
			process.off("SIGTERM", forward);
		};
		process.on("SIGINT", forward);
		process.on("SIGTERM", forward);
		child.once("error", (error) => {
			release();
			reject(
				new StepError(`${step.title} failed: ${command} cannot be started (${error.message}).`),
			);
		});
		child.once("exit", (code, signal) => {
			release();
			if (code === 0) resolve();
			else if (signal === "SIGINT" || signal === "SIGTERM" || code === 130) {
				reject(new StepError(`${step.title} was interrupted. The next start continues it.`, 130));
			} else reject(new StepError(failure({ step, code: code ?? signal, logPath })));
		});
	});
}

function failure({ step, code, logPath }) {
	// Some programs colour their output even when they are asked not to.
	const lines = stripVTControlCharacters(readFileSync(logPath, "utf8")).trimEnd().split("\n");
	return [
		`${step.title} failed (${code}). The end of its output:`,
		"",
		...lines.slice(-logTailLines).map((line) => `    ${line}`),
		"",
		`All of it: ${logPath}`,
	].join("\n");
}
