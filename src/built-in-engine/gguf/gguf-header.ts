import { closeSync, fstatSync, openSync } from "node:fs";
import { damaged, GgufReader } from "./gguf-reader";
import { checkPlaces, leastTensorBytes, readTensor } from "./gguf-tensors";

/**
 * What a GGUF file says of itself. Array values are left out, but for the texts of the control
 * tokens.
 */
export interface GgufHeader {
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
  readonly parameterCount: number;
  /** Texts that the tokenizer turns into control tokens; empty unless asked for. */
  readonly controlTokens: readonly string[];
}

const controlTokenType = 3;
/** A vocabulary of a quarter of a million is large. */
const maxTokens = 4 << 20;
/** The least that one of each takes: so many cannot be there when the file is shorter. */
const least = { text: 8, pair: 8 + 4 + 1 };
const maxArrayDepth = 4;

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

function readScalar(reader: GgufReader, type: number): string | number | boolean {
  switch (type) {
    case 0:
      return reader.take(1).readUInt8();
    case 1:
      return reader.take(1).readInt8();
    case 2:
      return reader.take(2).readUInt16LE();
    case 3:
      return reader.take(2).readInt16LE();
    case 4:
      return reader.u32();
    case 5:
      return reader.take(4).readInt32LE();
    case 6:
      return reader.take(4).readFloatLE();
    case 7:
      return reader.take(1).readUInt8() !== 0;
    case types.string:
      return reader.text();
    case 10:
      return Number(reader.take(8).readBigUInt64LE());
    case 11:
      return Number(reader.take(8).readBigInt64LE());
    case 12:
      return reader.take(8).readDoubleLE();
    default:
      throw new Error(`the header holds a value of unknown type ${type}`);
  }
}

/** Reads an array when it is wanted, steps over it when it is not. */
function readArray(reader: GgufReader, wanted: boolean, depth = 1): (string | number | boolean)[] {
  const type = reader.u32();
  const bytes = sizes[type];
  const isNested = type === types.array;
  if (bytes === undefined && type !== types.string && !isNested)
    throw new Error(`the header holds a value of unknown type ${type}`);
  if (depth > maxArrayDepth) throw damaged();
  const count = reader.count(bytes ?? least.text);
  if (wanted && count > maxTokens) throw damaged();
  const values: (string | number | boolean)[] = [];
  if (!wanted && bytes !== undefined) {
    reader.skip(count * bytes);
    return values;
  }
  for (let index = 0; index < count; index++) {
    if (isNested) readArray(reader, false, depth + 1);
    else if (wanted) values.push(readScalar(reader, type));
    else reader.skip(reader.count(1));
  }
  return values;
}

/**
 * Reads a GGUF file's header and holds all that it says of sizes and places against the file's
 * size: tens of milliseconds for the largest vocabularies, a second for the worst that a lying one
 * can ask for.
 *
 * @param withControlTokens collects the texts of the control tokens as well.
 * @throws Error that says in a few words why the file is no GGUF file of version 2 or 3, or the
 * file system's own error.
 */
export function readGgufHeader(path: string, withControlTokens = false): GgufHeader {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const reader = new GgufReader(file, size);
    if (size < 4 || reader.take(4).toString("latin1") !== "GGUF")
      throw new Error("this is not a GGUF file");
    const version = reader.u32();
    if (version < 2 || version > 3) throw new Error(`GGUF version ${version} is not known`);
    const tensorCount = reader.count(leastTensorBytes);
    const pairs = reader.count(least.pair);
    const metadata = new Map<string, string | number | boolean>();
    let tokens: unknown[] = [];
    let tokenTypes: unknown[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      const key = reader.text();
      const type = reader.u32();
      if (metadata.has(key)) throw new Error("its header says the same thing twice");
      if (type !== types.array) metadata.set(key, readScalar(reader, type));
      else if (key === "tokenizer.ggml.tokens") tokens = readArray(reader, withControlTokens);
      else if (key === "tokenizer.ggml.token_type")
        tokenTypes = readArray(reader, withControlTokens);
      else readArray(reader, false);
    }
    const names = new Set<string>();
    const tensors = Array.from({ length: tensorCount }, () => readTensor(reader, names));
    checkPlaces(tensors, reader.position, size, metadata.get("general.alignment"));
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

/**
 * The tokens of several families that stand for what is behind a gap, by which
 * https://github.com/ggml-org/llama.cpp knows them, too.
 */
const gapMarks: ReadonlySet<string> = new Set([
  "<|fim_suffix|>",
  "<fim_suffix>",
  "<fim-suffix>",
  "<｜fim▁hole｜>",
  "<|code_suffix|>",
  "<SUF>",
  "▁<SUF>",
  "[SUFFIX]",
]);

/** Whether the model was trained to fill in gaps. @param header read with its control tokens. */
export function hasGapMarks(header: GgufHeader): boolean {
  return (
    header.metadata["tokenizer.ggml.fim_suf_token_id"] !== undefined ||
    header.controlTokens.some((text) => gapMarks.has(text))
  );
}
