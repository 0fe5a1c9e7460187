/**
 * Said behind the question in a chat of the editor's that has tools, and tells its models to call
 * them: a small model follows what stands last.
 */
export const noTools =
  "No tool can be called here, so answer in words, and say what you would need to know.";
