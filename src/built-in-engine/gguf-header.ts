import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** What a GGUF file says of itself. Array values are left out, but for the texts of the control tokens. */
export interface GgufHeader {
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
  readonly parameterCount: number;
  /** Texts that the tokenizer turns into control tokens; empty unless asked for. */
  readonly controlTokens: readonly string[];
}

const chunkBytes = 1 << 20;
const controlTokenType = 3;
/** Four times the header of the largest vocabulary; what it says is held in memory. */
const maxHeaderBytes = 64 << 20;
/** A vocabulary of a quarter of a million is large. */
const maxTokens = 4 << 20;
/** The least that one of each takes: so many cannot be there when the file is shorter. */
const least = { text: 8, pair: 8 + 4 + 1, tensor: 8 + 4 + 8 + 4 + 8 };
const maxArrayDepth = 4;
const maxDimensions = 4;
const defaultAlignment = 32;
/** The powers of two up to 65,536. */
const alignments = Array.from({ length: 17 }, (_, power) => 2 ** power);

const damaged = (): Error => new Error("the header is damaged");

/**
 * Reads a file from its start, little endian, a chunk at a time. No number in the file is believed
 * before it is held against the file's size.
 */
class Cursor {
  #chunk = Buffer.alloc(0);
  #at = 0;
  #next = 0;

  constructor(
    readonly file: number,
    readonly size: number,
  ) {}

  /** Where in the file it stands. */
  get position(): number {
    return this.#next - (this.#chunk.length - this.#at);
  }

  /** @throws Error unless so many bytes more can be part of the header. */
  #require(bytes: number): void {
    const end = this.position + bytes;
    if (end > this.size) throw new Error("the file ends within its header");
    if (end > maxHeaderBytes) throw damaged();
  }

  /** Has so many bytes at hand, and steps over them. @returns where they begin in the chunk. */
  #reach(bytes: number): number {
    this.#require(bytes);
    if (this.#chunk.length - this.#at < bytes) {
      const rest = this.#chunk.subarray(this.#at);
      const left = this.size - this.#next;
      const wanted = Math.min(Math.max(chunkBytes, bytes - rest.length), left);
      const fresh = Buffer.allocUnsafe(wanted);
      const read = readSync(this.file, fresh, 0, wanted, this.#next);
      this.#next += read;
      this.#chunk = Buffer.concat([rest, fresh.subarray(0, read)]);
      this.#at = 0;
      if (this.#chunk.length < bytes) throw new Error("the file ends within its header");
    }
    const from = this.#at;
    this.#at += bytes;
    return from;
  }

  take(bytes: number): Buffer {
    const from = this.#reach(bytes);
    return this.#chunk.subarray(from, from + bytes);
  }

  /** Steps over bytes without reading them. */
  skip(bytes: number): void {
    this.#require(bytes);
    if (bytes <= this.#chunk.length - this.#at) {
      this.#at += bytes;
      return;
    }
    this.#next = this.position + bytes;
    this.#chunk = Buffer.alloc(0);
    this.#at = 0;
  }

  u32(): number {
    const from = this.#reach(4);
    return this.#chunk.readUInt32LE(from);
  }

  /** A number that text, JSON and arithmetic can hold. */
  u64(): number {
    const low = this.u32();
    const value = this.u32() * 2 ** 32 + low;
    if (!Number.isSafeInteger(value)) throw damaged();
    return value;
  }

  /** How many follow, each of at least so many bytes. */
  count(leastBytes: number): number {
    const count = this.u64();
    this.#require(count * leastBytes);
    return count;
  }

  text(): string {
    const bytes = this.count(1);
    const from = this.#reach(bytes);
    return this.#chunk.toString("utf8", from, from + bytes);
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

/**
 * Weights in a block of each type of tensor, and the block's bytes. Of a type that is newer than
 * this list only the place is checked.
 */
const tensorTypes: Readonly<Record<number, readonly [weights: number, bytes: number]>> = {
  0: [1, 4], // F32
  1: [1, 2], // F16
  2: [32, 18], // Q4_0
  3: [32, 20], // Q4_1
  6: [32, 22], // Q5_0
  7: [32, 24], // Q5_1
  8: [32, 34], // Q8_0
  10: [256, 84], // Q2_K
  11: [256, 110], // Q3_K
  12: [256, 144], // Q4_K
  13: [256, 176], // Q5_K
  14: [256, 210], // Q6_K
  16: [256, 66], // IQ2_XXS
  17: [256, 74], // IQ2_XS
  18: [256, 98], // IQ3_XXS
  19: [256, 50], // IQ1_S
  20: [32, 18], // IQ4_NL
  21: [256, 110], // IQ3_S
  22: [256, 82], // IQ2_S
  23: [256, 136], // IQ4_XS
  24: [1, 1], // I8
  25: [1, 2], // I16
  26: [1, 4], // I32
  27: [1, 8], // I64
  28: [1, 8], // F64
  29: [256, 56], // IQ1_M
  30: [1, 2], // BF16
  34: [256, 54], // TQ1_0
  35: [256, 66], // TQ2_0
  39: [32, 17], // MXFP4
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
      return Number(cursor.take(8).readBigUInt64LE());
    case 11:
      return Number(cursor.take(8).readBigInt64LE());
    case 12:
      return cursor.take(8).readDoubleLE();
    default:
      throw new Error(`the header holds a value of unknown type ${type}`);
  }
}

/** Reads an array when it is wanted, steps over it when it is not. */
function readArray(cursor: Cursor, wanted: boolean, depth = 1): (string | number | boolean)[] {
  const type = cursor.u32();
  const bytes = sizes[type];
  const isNested = type === types.array;
  if (bytes === undefined && type !== types.string && !isNested)
    throw new Error(`the header holds a value of unknown type ${type}`);
  if (depth > maxArrayDepth) throw damaged();
  const count = cursor.count(bytes ?? least.text);
  if (wanted && count > maxTokens) throw damaged();
  const values: (string | number | boolean)[] = [];
  if (!wanted && bytes !== undefined) {
    cursor.skip(count * bytes);
    return values;
  }
  for (let index = 0; index < count; index++) {
    if (isNested) readArray(cursor, false, depth + 1);
    else if (wanted) values.push(readScalar(cursor, type));
    else cursor.skip(cursor.count(1));
  }
  return values;
}

interface Tensor {
  readonly weights: number;
  /** From the start of the weights. */
  readonly offset: number;
  /** Absent where the type is not known here. */
  readonly bytes?: number;
}

function readTensor(cursor: Cursor, names: Set<string>): Tensor {
  const name = cursor.text();
  if (names.has(name)) throw new Error("two of its tensors have the same name");
  names.add(name);
  const dimensions = cursor.u32();
  if (dimensions > maxDimensions) throw damaged();
  const lengths = Array.from({ length: dimensions }, () => cursor.u64());
  const weights = lengths.reduce((product, length) => product * length, 1);
  if (!Number.isSafeInteger(weights)) throw damaged();
  const type = tensorTypes[cursor.u32()];
  const offset = cursor.u64();
  if (type === undefined) return { weights, offset };
  const [inBlock, blockBytes] = type;
  if ((lengths[0] ?? 1) % inBlock !== 0)
    throw new Error("a tensor does not consist of whole blocks");
  return { weights, offset, bytes: (weights / inBlock) * blockBytes };
}

/**
 * What stands behind the header is where it says, all of it within the file: the native library
 * is not the one to find out.
 */
function checkPlaces(
  tensors: readonly Tensor[],
  headerBytes: number,
  size: number,
  alignment: unknown,
): void {
  const step = alignment ?? defaultAlignment;
  if (typeof step !== "number" || !alignments.includes(step)) throw damaged();
  const room = size - Math.ceil(headerBytes / step) * step;
  for (const { offset, bytes = 1 } of tensors) {
    if (offset % step !== 0) throw new Error("a tensor does not stand where tensors may");
    if (offset + bytes > room) throw new Error("the file ends before its weights do");
  }
}

/**
 * Reads a GGUF file's header and holds all that it says of sizes and places against the file's
 * size: tens of milliseconds for the largest vocabularies, a second for the worst that a lying one
 * can ask for.
 *
 * @param withControlTokens collects the texts of the control tokens as well.
 * @throws Error that says in a few words why the file is no GGUF file of version 2 or 3, or the file system's own error.
 */
export function readGgufHeader(path: string, withControlTokens = false): GgufHeader {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const cursor = new Cursor(file, size);
    if (size < 4 || cursor.take(4).toString("latin1") !== "GGUF")
      throw new Error("this is not a GGUF file");
    const version = cursor.u32();
    if (version < 2 || version > 3) throw new Error(`GGUF version ${version} is not known`);
    const tensorCount = cursor.count(least.tensor);
    const pairs = cursor.count(least.pair);
    const metadata = new Map<string, string | number | boolean>();
    let tokens: unknown[] = [];
    let tokenTypes: unknown[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      const key = cursor.text();
      const type = cursor.u32();
      if (metadata.has(key)) throw new Error("its header says the same thing twice");
      if (type !== types.array) metadata.set(key, readScalar(cursor, type));
      else if (key === "tokenizer.ggml.tokens") tokens = readArray(cursor, withControlTokens);
      else if (key === "tokenizer.ggml.token_type")
        tokenTypes = readArray(cursor, withControlTokens);
      else readArray(cursor, false);
    }
    const names = new Set<string>();
    const tensors = Array.from({ length: tensorCount }, () => readTensor(cursor, names));
    checkPlaces(tensors, cursor.position, size, metadata.get("general.alignment"));
    const told = metadata.get("general.parameter_count");
    return {
      // A key called `__proto__` is a key like any other.
      metadata: Object.fromEntries(metadata),
      parameterCount:
        typeof told === "number" ? told : tensors.reduce((sum, { weights }) => sum + weights, 0),
      controlTokens: tokens.filter(
        (text, index): text is string =>
          tokenTypes[index] === controlTokenType && typeof text === "string",
      ),
    };
  } finally {
    closeSync(file);
  }
}
