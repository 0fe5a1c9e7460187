import { closeSync, openSync, readSync } from "node:fs";

/** What a GGUF file says of itself. Array values are left out, but for the texts of the control tokens. */
export interface GgufHeader {
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
  readonly parameterCount: number;
  /** Texts that the tokenizer turns into control tokens; empty unless asked for. */
  readonly controlTokens: readonly string[];
}

const chunkBytes = 1 << 20;
const controlTokenType = 3;
/** A header past this is no header. */
const maxStringBytes = 64 << 20;

/** Reads a file from its start, little endian, a chunk at a time. */
class Cursor {
  #chunk = Buffer.alloc(0);
  #at = 0;
  #next = 0;

  constructor(readonly file: number) {}

  take(bytes: number): Buffer {
    if (bytes > maxStringBytes) throw new Error("the header is damaged");
    if (this.#chunk.length - this.#at < bytes) {
      const rest = this.#chunk.subarray(this.#at);
      const wanted = Math.max(chunkBytes, bytes - rest.length);
      const fresh = Buffer.allocUnsafe(wanted);
      const read = readSync(this.file, fresh, 0, wanted, this.#next);
      this.#next += read;
      this.#chunk = Buffer.concat([rest, fresh.subarray(0, read)]);
      this.#at = 0;
      if (this.#chunk.length < bytes) throw new Error("the file ends within its header");
    }
    const taken = this.#chunk.subarray(this.#at, this.#at + bytes);
    this.#at += bytes;
    return taken;
  }

  u32(): number {
    return this.take(4).readUInt32LE();
  }

  u64(): number {
    return Number(this.take(8).readBigUInt64LE());
  }

  text(): string {
    return this.take(this.u64()).toString("utf8");
  }
}

const types = { string: 8, array: 9 };
const sizes: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};

function readScalar(cursor: Cursor, type: number): string | number | boolean {
  switch (type) {
    case 0:
      return cursor.take(1).readUInt8();
    case 1:
      return cursor.take(1).readInt8();
    case 2:
      return cursor.take(2).readUInt16LE();
    case 3:
      return cursor.take(2).readInt16LE();
    case 4:
      return cursor.u32();
    case 5:
      return cursor.take(4).readInt32LE();
    case 6:
      return cursor.take(4).readFloatLE();
    case 7:
      return cursor.take(1).readUInt8() !== 0;
    case types.string:
      return cursor.text();
    case 10:
      return cursor.u64();
    case 11:
      return Number(cursor.take(8).readBigInt64LE());
    case 12:
      return cursor.take(8).readDoubleLE();
    default:
      throw new Error(`the header holds a value of unknown type ${type}`);
  }
}

/** Reads an array when it is wanted, steps over it when it is not. */
function readArray(cursor: Cursor, wanted: boolean): (string | number | boolean)[] {
  const type = cursor.u32();
  const count = cursor.u64();
  const values: (string | number | boolean)[] = [];
  for (let index = 0; index < count; index++) {
    if (wanted) values.push(readScalar(cursor, type));
    else if (type === types.string) cursor.take(cursor.u64());
    else if (type === types.array) readArray(cursor, false);
    else cursor.take(sizes[type] ?? 1);
  }
  return values;
}

/**
 * Reads a GGUF file's header: tens of milliseconds for the largest vocabularies.
 *
 * @param withControlTokens collects the texts of the control tokens as well.
 * @throws Error that says in a few words why the file is no GGUF file of version 2 or 3, or the file system's own error.
 */
export function readGgufHeader(path: string, withControlTokens = false): GgufHeader {
  const file = openSync(path, "r");
  try {
    const cursor = new Cursor(file);
    if (cursor.take(4).toString("latin1") !== "GGUF") throw new Error("this is not a GGUF file");
    const version = cursor.u32();
    if (version < 2 || version > 3) throw new Error(`GGUF version ${version} is not known`);
    const tensors = cursor.u64();
    const pairs = cursor.u64();
    const metadata: Record<string, string | number | boolean> = {};
    let tokens: unknown[] = [];
    let tokenTypes: unknown[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      const key = cursor.text();
      const type = cursor.u32();
      if (type !== types.array) metadata[key] = readScalar(cursor, type);
      else if (key === "tokenizer.ggml.tokens") tokens = readArray(cursor, withControlTokens);
      else if (key === "tokenizer.ggml.token_type")
        tokenTypes = readArray(cursor, withControlTokens);
      else readArray(cursor, false);
    }
    let counted = 0;
    for (let tensor = 0; tensor < tensors; tensor++) {
      cursor.text();
      const dimensions = cursor.u32();
      let size = 1;
      for (let dimension = 0; dimension < dimensions; dimension++) size *= cursor.u64();
      cursor.take(12);
      counted += size;
    }
    const told = metadata["general.parameter_count"];
    return {
      metadata,
      parameterCount: typeof told === "number" ? told : counted,
      controlTokens: tokens.filter(
        (text, index): text is string =>
          tokenTypes[index] === controlTokenType && typeof text === "string",
      ),
    };
  } finally {
    closeSync(file);
  }
}
