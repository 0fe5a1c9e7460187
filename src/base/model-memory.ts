import type { Json } from "./guards";

const gib = 1024 ** 3;
const kib = 1024;

/**
 * Memory that one token of context takes, in bytes: a key and a value of 16-bit numbers in every
 * layer. Undefined where the model does not tell enough of its measures.
 *
 * @param measures the metadata of a GGUF file, which the daemon passes on by the same names.
 */
export function cacheBytesPerToken(measures: Json): number | undefined {
  const measure = (key: string): number | undefined => architectureNumber(measures, key);
  const layers = measure("block_count");
  const heads = measure("attention.head_count");
  const keyHeads = measure("attention.head_count_kv") ?? heads;
  const width = measure("embedding_length");
  if (layers === undefined || keyHeads === undefined) return undefined;
  const headWidth = heads === undefined || width === undefined ? undefined : width / heads;
  const keyWidth = measure("attention.key_length") ?? headWidth;
  const valueWidth = measure("attention.value_length") ?? keyWidth;
  if (keyWidth === undefined || valueWidth === undefined) return undefined;
  return Math.round(layers * keyHeads * (keyWidth + valueWidth) * 2);
}

/** A number of a model's metadata under its own architecture, such as `qwen2.block_count`. */
export function architectureNumber(measures: Json, key: string): number | undefined {
  const value = measures[`${String(measures["general.architecture"])}.${key}`];
  return typeof value === "number" && value >= 0 && value < Number.POSITIVE_INFINITY
    ? value
    : undefined;
}

/**
 * The same by the size of the weights alone (about four bits each), in bytes: measured on the R1
 * family, rounded up.
 *
 * @param weightBytes 0 when the size is not known.
 */
export function guessCacheBytesPerToken(weightBytes: number): number {
  if (weightBytes <= 0) return 144 * kib;
  if (weightBytes < 2 * gib) return 40 * kib;
  if (weightBytes < 7 * gib) return 144 * kib;
  if (weightBytes < 14 * gib) return 192 * kib;
  if (weightBytes < 28 * gib) return 256 * kib;
  return 320 * kib;
}
