import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeBinary } from "./packages.mjs";
import { StepError } from "./steps.mjs";

/** The same path as in playwright.config.ts. */
const systemChromium = "/usr/bin/chromium";
const probe =
	"import('@playwright/test').then(({ chromium }) => process.exit(require('node:fs').existsSync(chromium.executablePath()) ? 0 : 1))";

export function hasBrowser() {
	if (existsSync(systemChromium)) return true;
	return spawnSync("node", ["-e", probe], { stdio: "ignore" }).status === 0;
}

/** Debian's own package for root on Debian, Playwright's download otherwise. */
export async function installBrowser(root, { run }) {
	if (process.getuid?.() === 0 && isDebian()) {
		const env = { DEBIAN_FRONTEND: "noninteractive" };
		const packages = ["chromium", "fonts-liberation"];
		try {
			await run("apt-get", ["-q", "update"], { env });
			await run("apt-get", ["-q", "install", "-y", "--no-install-recommends", ...packages], {
				env,
			});
		} catch (error) {
			if (!(error instanceof StepError) || error.exitCode === 130) throw error;
		}
		if (existsSync(systemChromium)) return;
	}
	const cli = join(root, "node_modules/@playwright/test/cli.js");
	await run(nodeBinary(root), [cli, "install", "chromium"], { cwd: root });
}

/** Ubuntu's package of that name only points to a snap, which containers cannot run. */
function isDebian() {
	if (!existsSync("/usr/bin/apt-get") || !existsSync("/etc/os-release")) return false;
	return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}
