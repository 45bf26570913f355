import { localServer } from "../openai-compatible/local-server.ts";

export const provider = localServer({
	id: "lmstudio",
	title: "LM Studio",
	port: 1234,
	credentialsUrl: "https://lmstudio.ai/docs/app/api",
	operations: { offered: ["embeddings"] },
});
