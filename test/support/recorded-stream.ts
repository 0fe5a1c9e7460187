import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Reply, WireBody } from "./fake-wire";
import { pieces } from "./pieces";

const folder = join(import.meta.dirname, "recorded");

/** An exchange with a real server, line by line. */
export interface Recording {
  readonly name: string;
  readonly request: { readonly method: string; readonly path: string; readonly body: WireBody };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly lines: readonly { readonly ms: number; readonly text: string }[];
    /**
     * Set when the client closed the connection after so many lines, so that the recording has no
     * end.
     */
    readonly clientClosedAfterLines?: number;
  };
}

export function recordingNames(): readonly string[] {
  return readdirSync(join(folder, "ollama")).map((file) => file.replace(/\.json$/, ""));
}

/** @param server `ollama`: its daemon; `openai`: llama.cpp's server. */
export function recording(name: string, server: "ollama" | "openai" = "ollama"): Recording {
  return { name, ...JSON.parse(readFileSync(join(folder, server, `${name}.json`), "utf8")) };
}

/**
 * The recorded answer with its exact bytes, each recorded line as one packet.
 * @param pieceBytes cut into packets of this many bytes instead, through lines and characters.
 */
export function replay(recorded: Recording, pieceBytes?: number): Reply {
  const { status, headers, lines } = recorded.response;
  const texts = lines.map((line) => line.text);
  const steps = pieceBytes === undefined ? texts : pieces(Buffer.from(texts.join("")), pieceBytes);
  return { status, headers: { "content-type": headers["Content-Type"] ?? "" }, steps };
}
