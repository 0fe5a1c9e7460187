/** Whom a failure is of that names no server, and who is looked for when nobody names one. */
export const ollamaName = "Ollama";
