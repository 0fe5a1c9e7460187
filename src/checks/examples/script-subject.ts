/**
 * The beginning of a program that runs calls of a JavaScript or TypeScript file, with the project's
 * own Node. Its argument names a file with the request as JSON. It prints each thing that it has to
 * tell as a line: the request's mark, then JSON. What is called stands as functions behind the
 * file's own text.
 */
export const scriptSubject = `
import { readFileSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { runInThisContext } from "node:vm";

const request = JSON.parse(readFileSync(process.argv[2], "utf8"));
const tell = (facts) => writeSync(1, "\\n" + request.mark + JSON.stringify(facts) + "\\n");
const limitMs = 1000 * request.caseSeconds;
const tooLong = "no end within " + request.caseSeconds + " s";
for (const name of ["log", "info", "debug", "warn", "error"]) console[name] = () => {};
const missing = ["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND", "ERR_UNKNOWN_FILE_EXTENSION", "ERR_UNSUPPORTED_DIR_IMPORT",
  "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX", "ERR_UNSUPPORTED_ESM_URL_SCHEME", "ERR_UNKNOWN_BUILTIN_MODULE"];
const lacksModule = (error) => error != null && missing.includes(error.code);

/** The example itself, not the code that it is about, lacks a name. */
const own = (error) => {
  if (!(error instanceof ReferenceError)) return false;
  const [first = ""] = String(error.stack).split("\\n").filter((line) => /^\\s+at /.test(line));
  const line = Number(/:(\\d+):\\d+\\)?$/.exec(first)?.[1]);
  return line >= request.tailLine;
};

process.on("unhandledRejection", () => {});
const late = () => new Promise((_, reject) => setTimeout(() => reject(tooLong), limitMs));
`;
