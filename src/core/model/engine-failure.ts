import { isRecord } from "../../base/guards";
import type { Failure } from "../../protocol/failure";

type ToldKind =
  | "modelMissing"
  | "modelFileUnreadable"
  | "engineNotInstalled"
  | "downloadFailed"
  | "checksumMismatch"
  | "diskFull";

/** The fields that are text and must be there. */
const fieldsOf: { readonly [Kind in ToldKind]: readonly string[] } = {
  modelMissing: ["model"],
  modelFileUnreadable: ["path", "cause"],
  engineNotInstalled: ["cause"],
  downloadFailed: ["what", "cause"],
  checksumMismatch: ["what", "expected", "found"],
  diskFull: ["path"],
};

const maxFieldCharacters = 2_000;

/**
 * The failure that the built-in engine names beside its `error`: it knows more than the words say.
 * Whoever answers is not trusted: what is not exactly one of the failures that only the engine can
 * know gives undefined, and the words decide.
 */
export function engineFailure(value: unknown): Failure | undefined {
  if (!isRecord(value)) return undefined;
  const told = value;
  const kind = told["kind"];
  if (typeof kind !== "string" || !Object.hasOwn(fieldsOf, kind)) return undefined;
  const fields: Record<string, string | number> = {};
  for (const name of fieldsOf[kind as ToldKind]) {
    const text = told[name];
    if (typeof text !== "string") return undefined;
    fields[name] = text.slice(0, maxFieldCharacters);
  }
  const neededBytes = told["neededBytes"];
  if (kind === "diskFull" && typeof neededBytes === "number" && neededBytes > 0)
    fields["neededBytes"] = neededBytes;
  return { kind, ...fields } as Failure;
}
