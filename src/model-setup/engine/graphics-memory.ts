import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";

/** Where the numbers come from; replaced in tests. */
export interface GraphicsSource {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly totalBytes: number;
  /** What NVIDIA's tool prints, or "" where there is none. */
  nvidia(): Promise<string>;
  /** The memory of each card, as Linux's driver for AMD's cards tells it. */
  amd(): readonly string[];
}

const askMs = 3_000;
const cardsFolder = "/sys/class/drm";

function thisMachine(): GraphicsSource {
  return {
    platform: process.platform,
    arch: process.arch,
    totalBytes: totalmem(),
    nvidia: () =>
      new Promise((resolve) => {
        const question = ["--query-gpu=memory.total", "--format=csv,noheader,nounits"];
        const options = { timeout: askMs, windowsHide: true };
        execFile("nvidia-smi", question, options, (error, stdout) =>
          resolve(error === null ? stdout : ""),
        );
      }),
    amd: () => {
      try {
        return readdirSync(cardsFolder).flatMap((card) => {
          try {
            return [readFileSync(join(cardsFolder, card, "device/mem_info_vram_total"), "utf8")];
          } catch {
            return [];
          }
        });
      } catch {
        return [];
      }
    },
  };
}

const mebibyte = 1024 ** 2;
/**
 * A processor with graphics of its own has little memory set aside for them, which holds no model.
 */
const leastBytes = 1024 ** 3;
/** What macOS lets the graphics part of the chip use of the memory that both share. */
const sharedPart = 0.67;

export interface GraphicsCard {
  readonly maker: "nvidia" | "amd" | "apple";
  readonly bytes: number;
}

/** The graphics card with the most memory; undefined where none could be asked. Never throws. */
export async function readGraphicsCard(
  source: GraphicsSource = thisMachine(),
): Promise<GraphicsCard | undefined> {
  if (source.platform === "darwin")
    return source.arch === "arm64"
      ? { maker: "apple", bytes: Math.floor(source.totalBytes * sharedPart) }
      : undefined;
  const nvidia = (await source.nvidia())
    .split("\n")
    .map((line) => ({ maker: "nvidia" as const, bytes: Number.parseInt(line, 10) * mebibyte }));
  const amd = (source.platform === "linux" ? source.amd() : []).map((text) => ({
    maker: "amd" as const,
    bytes: Number(text),
  }));
  return [...nvidia, ...amd]
    .filter(({ bytes }) => bytes >= leastBytes)
    .sort((a, b) => b.bytes - a.bytes)[0];
}

let known: Promise<GraphicsCard | undefined> | undefined;

/** Asked when somebody looks for a model, and once: cards do not come and go. */
export function knownGraphicsCard(): Promise<GraphicsCard | undefined> {
  known ??= readGraphicsCard();
  return known;
}
