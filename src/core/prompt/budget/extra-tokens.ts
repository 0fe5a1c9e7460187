/**
 * What nobody asked for costs seconds of reading on a laptop, so it is a small part of what is
 * read.
 */
export const defaultExtraTokens = 600;
