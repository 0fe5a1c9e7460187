/** A JSON object: what came over a wire, or out of a file, before anyone has looked into it. */
export type Json = Readonly<Record<string, unknown>>;

/** Whether the value is an object with named fields; an array is not. */
export function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object that a text is as JSON; undefined for anything else. */
export function parsedObject(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The value where it is a finite number above 0; undefined for anything else. */
export function positive(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** The value where it is 0 or a finite number above; undefined for anything else. */
export function zeroOrMore(value: unknown): number | undefined {
  return value === 0 ? value : positive(value);
}

/** Whether the value is a whole number from 0 that arithmetic keeps exact. */
export function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
