/**
 * What a text is whose language nobody has said, and in which no service of the editor does
 * anything.
 */
export const plainTextId = "plaintext";
