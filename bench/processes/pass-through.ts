import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "undici";

/**
 * The least that a gateway could do: read the body, parse it, run one regular expression over it,
 * forward it over kept connections and pipe the answer back. No keys, no log, no limits.
 */
const [upstream = ""] = process.argv.slice(2);
const pool = new Pool(upstream, { connections: 512, pipelining: 1, allowH2: false });
const suspicious = /ignore (?:all )?previous instructions/i;

const server = createServer((request, response) => {
	const parts: Buffer[] = [];
	request.on("data", (part: Buffer) => parts.push(part));
	request.on("end", () => {
		const body = Buffer.concat(parts);
		const text = body.toString("utf8");
		JSON.parse(text);
		if (suspicious.test(text)) {
			response.writeHead(403).end();
			return;
		}
		pool
			.stream(
				{
					path: request.url ?? "/",
					method: "POST",
					headers: { "content-type": "application/json", authorization: "Bearer upstream" },
					body,
				},
				({ statusCode, headers }) => {
					response.writeHead(statusCode, {
						"content-type": String(headers["content-type"]),
						...(headers["content-length"] === undefined
							? {}
							: { "content-length": String(headers["content-length"]) }),
					});
					return response;
				},
			)
			.catch(() => response.destroy());
	});
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
	process.stdout.write(`ready ${(server.address() as AddressInfo).port}\n`);
});
process.on("SIGTERM", () => process.exit(0));
