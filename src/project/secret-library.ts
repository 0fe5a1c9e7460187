/**
 * What is used of secretlint, in a module of its own that is loaded when something is first sent.
 */
export { lintSource } from "@secretlint/core";
export { creator } from "@secretlint/secretlint-rule-preset-recommend";
