/** Said to a model in a chat of the editor's that names tools, and tells its models to call them. */
export const noTools =
  "None of the tools that are named here can be called. Answer in words, and say what you would need to know.";
