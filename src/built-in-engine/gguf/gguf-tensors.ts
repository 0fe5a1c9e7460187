import { damaged, type GgufReader } from "./gguf-reader";

const maxDimensions = 4;
/**
 * The least that the description of one takes: so many cannot be there when the file is shorter.
 */
export const leastTensorBytes = 8 + 4 + 8 + 4 + 8;
const defaultAlignment = 32;
/** The powers of two up to 65,536. */
const alignments = Array.from({ length: 17 }, (_, power) => 2 ** power);

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

export interface Tensor {
  readonly weights: number;
  /** From the start of the weights. */
  readonly offset: number;
  /** Absent where the type is not known here. */
  readonly bytes?: number;
}

/** @param names those of the tensors before, to which its own is added. */
export function readTensor(reader: GgufReader, names: Set<string>): Tensor {
  const name = reader.text();
  if (names.has(name)) throw new Error("two of its tensors have the same name");
  names.add(name);
  const dimensions = reader.u32();
  if (dimensions > maxDimensions) throw damaged();
  const lengths = Array.from({ length: dimensions }, () => reader.u64());
  const weights = lengths.reduce((product, length) => product * length, 1);
  if (!Number.isSafeInteger(weights)) throw damaged();
  const type = tensorTypes[reader.u32()];
  const offset = reader.u64();
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
export function checkPlaces(
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
