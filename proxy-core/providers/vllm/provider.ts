import { localServer } from "../openai-compatible/local-server.ts";

export const provider = localServer({
	id: "vllm",
	title: "vLLM",
	port: 8000,
	credentialsUrl: "https://docs.vllm.ai/en/latest/getting_started/quickstart/",
	operations: { offered: ["embeddings", "rerank", "audio.transcriptions", "audio.translations"] },
});
