import { localServer } from "../openai-compatible/local-server.ts";

export const provider = localServer({
	id: "llamacpp",
	title: "llama.cpp",
	port: 8080,
	credentialsUrl: "https://github.com/ggml-org/llama.cpp/tree/master/tools/server",
	operations: { offered: ["embeddings", "rerank"] },
});
