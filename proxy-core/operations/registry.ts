import type { OperationId } from "../contract/settled-record.ts";
import type { Operation } from "./define-operation.ts";
import { embeddings } from "./embeddings.ts";
import { imageEdits, imageGenerations } from "./images.ts";
import { moderations } from "./moderations.ts";
import { rerank } from "./rerank.ts";
import { speech } from "./speech.ts";
import { transcriptions, translations } from "./transcriptions.ts";

/** Every endpoint that is not a conversation, by its id. */
export const operations = {
	embeddings,
	moderations,
	"images.generations": imageGenerations,
	"images.edits": imageEdits,
	"audio.speech": speech,
	"audio.transcriptions": transcriptions,
	"audio.translations": translations,
	rerank,
} as const satisfies { readonly [Id in OperationId]: Operation<Id> };
