/** In whose name changes are made, in every history. */
export const importedBy = "LiteLLM import";
