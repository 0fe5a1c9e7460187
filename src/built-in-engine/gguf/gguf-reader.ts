import { readSync } from "node:fs";

const chunkBytes = 1 << 20;
/** Four times the header of the largest vocabulary; what it says is held in memory. */
const maxHeaderBytes = 64 << 20;

export const damaged = (): Error => new Error("the header is damaged");

/**
 * Reads the header of a GGUF file from its start, little endian, a chunk at a time. No number in
 * the file is believed before it is held against the file's size.
 */
export class GgufReader {
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
