import { truncateSync, writeFileSync } from "node:fs";

export const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
export const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
export const text = (value: string): Buffer =>
  Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);

export type GgufValues = Readonly<
  Record<string, number | string | readonly number[] | readonly string[]>
>;

const types = { unsigned: 4, signed: 5, array: 9, text: 8 };

function typeOf(value: unknown): Buffer {
  if (typeof value === "string") return u32(types.text);
  return u32(Number(value) < 0 ? types.signed : types.unsigned);
}

/**
 * A model's file with a header and one tensor of two million weights, which are a hole that takes
 * no room.
 */
export function ggufFile(path: string, values: GgufValues): string {
  const one = (value: number | string): Buffer =>
    typeof value === "string" ? text(value) : u32(value >>> 0);
  const pairs = Object.entries(values).map(([key, value]) => {
    if (typeof value === "string" || typeof value === "number")
      return Buffer.concat([text(key), typeOf(value), one(value)]);
    const head = [text(key), u32(types.array), typeOf(value[0]), u64(value.length)];
    return Buffer.concat([...head, ...value.map(one)]);
  });
  const tensor = Buffer.concat([text("weights"), u32(2), u64(1000), u64(2000), u32(0), u64(0)]);
  const start = [Buffer.from("GGUF"), u32(3), u64(1), u64(pairs.length)];
  const header = Buffer.concat([...start, ...pairs, tensor]);
  writeFileSync(path, header);
  truncateSync(path, header.length + 32 + 4 * 1000 * 2000);
  return path;
}
