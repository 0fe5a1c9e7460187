import type { AnswerEdit } from "./answer-edit";
import { BareDiff } from "./bare-diff";
import { BlockReader } from "./block-reader";
import { editsInFence } from "./fence-edits";
import { JsonReader, startsJson } from "./json-reader";
import { LinesAbove } from "./lines-above";
import { markerOf, openerTail } from "./markers";
import { fenceInfo, isPath, loneFileName, pathOnLine } from "./named-path";
import { isPatchStart } from "./read-diff";
import { readJson } from "./read-json";
import { readTags, tagOpened } from "./read-tags";

const fenceMark = /^(\s*)(`{3,}|~{3,})\s*([^`]*)$/;

interface Fence {
  readonly mark: string;
  readonly info: string;
  readonly path: string | undefined;
  readonly label: string;
  readonly lines: string[];
  depth: number;
  /** It held SEARCH/REPLACE blocks, so that the rest of it is no code. */
  hadBlocks: boolean;
}

/**
 * Reads the edits out of an answer while it is being written. Never throws, takes time linear in the answer, and knows nothing of the
 * files. `push` gives the edits that became complete with that piece; `end` those that only the end decides.
 */
export class AnswerParser {
  readonly #edits: AnswerEdit[] = [];
  #tail = "";
  readonly #above = new LinesAbove();
  #lastPath: string | undefined;
  #fence: Fence | undefined;
  #block: BlockReader | undefined;
  #diff: BareDiff | undefined;
  #tag: { name: string; lines: string[] } | undefined;
  #json: JsonReader | undefined;
  readonly #unclosed = new Set<string>();
  /** A fence that opens inside a fence ends the one before: decided when one never closed. */
  #flat = false;
  readonly #tags: { name: string; text: string }[] = [];

  push(text: string): AnswerEdit[] {
    const from = this.#edits.length;
    const lines = (this.#tail + text).split("\n");
    this.#tail = lines.pop() ?? "";
    for (const line of lines) this.#line(line.endsWith("\r") ? line.slice(0, -1) : line);
    return this.#edits.slice(from);
  }

  /** @param truncated the model ran into its length limit: what is open is not whole. */
  end(truncated: boolean): AnswerEdit[] {
    const from = this.#edits.length;
    const last = this.#tail;
    this.#tail = "";
    if (last !== "") this.#line(last.endsWith("\r") ? last.slice(0, -1) : last);
    this.#endOpen(truncated);
    if (this.#json) this.#endJson(truncated);
    while (this.#tag) {
      if (truncated) {
        this.#edits.push({
          kind: "broken",
          code: "truncated",
          message: "The answer ends in the middle of an edit.",
          lines: this.#tag.lines,
        });
        break;
      }
      // It was no edit's tag: what follows it is read as if it were not there, and this tag is not believed again.
      const { name, lines } = this.#tag;
      this.#unclosed.add(name.toLowerCase());
      this.#tag = undefined;
      for (const line of lines) this.#line(line);
      this.#endOpen(truncated);
    }
    this.#edits.push(...readTags(this.#tags));
    return this.#edits.slice(from);
  }

  #endOpen(truncated: boolean): void {
    if (this.#block) this.#endBlock(truncated);
    if (this.#fence) this.#endOpenFence(truncated);
    if (this.#diff) this.#endDiff(truncated);
  }

  #line(line: string, mayBeJson = true): void {
    if (this.#block) this.#inBlock(line);
    else if (this.#fence) this.#inFence(line, this.#fence);
    else if (this.#diff) this.#inDiff(line, this.#diff);
    else if (this.#tag) this.#inTag(line, this.#tag);
    else if (this.#json) this.#inJson(line, this.#json);
    else this.#prose(line, mayBeJson);
  }

  #inJson(line: string, json: JsonReader): void {
    const state = json.push(line);
    if (state === "open") return;
    this.#json = undefined;
    const edits = state === "closed" ? readJson(json.lines.join("\n"), this.#above.path) : [];
    if (edits.length > 0) this.#edits.push(...edits);
    else for (const own of json.lines) this.#line(own, false);
  }

  #prose(line: string, mayBeJson = true): void {
    if (mayBeJson && startsJson(line)) {
      this.#json = new JsonReader();
      this.#inJson(line, this.#json);
      return;
    }
    const fence = fenceMark.exec(line);
    if (fence) {
      this.#openFence(fence);
      return;
    }
    const marker = markerOf(line);
    if (marker === "open") {
      this.#openBlock(line);
      return;
    }
    if (marker === "close") this.#strayClose(line);
    if (isPatchStart(line)) {
      this.#diff = new BareDiff("patch", [line]);
      return;
    }
    if (/^\+\+\+ \S/.test(line) && /^--- \S/.test(this.#above.last)) {
      this.#diff = new BareDiff("diff", [this.#above.last, line]);
      return;
    }
    const name = tagOpened(line);
    if (name !== undefined && !this.#unclosed.has(name.toLowerCase())) {
      this.#tag = { name, lines: [] };
      this.#inTag(line, this.#tag);
      return;
    }
    this.#above.push(line);
  }

  #openFence(match: RegExpExecArray): void {
    const info = match[3] ?? "";
    const path = fenceInfo(info).path ?? this.#above.path;
    const label = this.#above.label;
    this.#fence = { mark: match[2] ?? "```", info, path, label, lines: [], depth: 0, hadBlocks: false };
    if (path !== undefined) this.#lastPath = path;
    this.#above.clear();
  }

  #inFence(line: string, fence: Fence): void {
    const mark = fenceMark.exec(line);
    if (mark) {
      const sign = mark[2] ?? "";
      const info = (mark[3] ?? "").trim();
      const closes = info === "" && sign[0] === fence.mark[0] && sign.length >= fence.mark.length;
      if (closes && fence.depth > 0) {
        fence.depth--;
        fence.lines.push(line);
        return;
      }
      if (closes) {
        this.#fence = undefined;
        const path = loneFileName(fence.lines);
        if (path !== undefined) this.#above.push(path);
        else this.#edits.push(...this.#fenceEdits(fence));
        return;
      }
      if (info !== "" && sign.length >= fence.mark.length && this.#flat) {
        this.#fence = undefined;
        this.#edits.push(...this.#fenceEdits(fence));
        this.#openFence(mark);
        return;
      }
      if (info !== "" && sign.length >= fence.mark.length) {
        // A new fence opens though this one never closed: at the end we know whether it was nested.
        fence.depth++;
      }
    }
    const marker = markerOf(line);
    if (marker === "open") {
      this.#openBlock(line);
      return;
    }
    if (marker === "close" && this.#strayClose(line)) fence.hadBlocks = true;
    fence.lines.push(line);
  }

  /** The end of an edit whose beginning is lost: what stands above it is no code to take for itself. */
  #strayClose(line: string): boolean {
    if (!/replace/i.test(line) || this.#edits.length > 0) return false;
    this.#edits.push({ kind: "broken", code: "malformed", message: "An edit has no opening mark.", lines: [line] });
    return true;
  }

  #fenceEdits(fence: Fence): AnswerEdit[] {
    if (fence.hadBlocks) return [];
    return editsInFence({ info: fence.info, path: fence.path, label: fence.label, lines: fence.lines });
  }

  #endOpenFence(truncated: boolean): void {
    const fence = this.#fence;
    this.#fence = undefined;
    if (!fence || fence.hadBlocks) return;
    const inner = fence.depth > 0 ? fence.lines.findIndex((line) => /^\s*(?:`{3,}|~{3,})\s*\S/.test(line)) : -1;
    if (inner >= 0) {
      // It was not nested: the first fence lost its end, and the rest is read anew.
      const rest = fence.lines.slice(inner);
      this.#edits.push(...this.#fenceEdits({ ...fence, lines: fence.lines.slice(0, inner), depth: 0 }));
      this.#above.clear();
      this.#flat = true;
      for (const line of rest) this.#line(line);
      if (this.#block) this.#endBlock(truncated);
      if (this.#fence) this.#endOpenFence(truncated);
      return;
    }
    if (fence.lines.every((line) => line.trim() === "")) return;
    if (truncated)
      this.#edits.push({ kind: "broken", code: "truncated", message: "The answer ends in the middle of its code.", lines: fence.lines });
    else this.#edits.push(...this.#fenceEdits(fence));
  }

  #openBlock(line: string): void {
    const tail = openerTail(line).replace(/^[`*"']+|[`*"']+$/g, "");
    const inside = this.#fence?.lines.filter((text) => text.trim() !== "").pop();
    const path =
      (isPath(tail) ? tail : undefined) ??
      (inside === undefined ? undefined : pathOnLine(inside)) ??
      this.#fence?.path ??
      this.#above.path ??
      this.#lastPath;
    if (path !== undefined) this.#lastPath = path;
    if (this.#fence) {
      this.#fence.hadBlocks = true;
      this.#fence.lines.length = 0;
    }
    this.#above.clear();
    this.#block = new BlockReader(path, this.#fence?.mark);
  }

  #inBlock(line: string): void {
    const block = this.#block;
    if (!block) return;
    if (markerOf(line) === "open") {
      this.#endBlock(false, true);
      this.#line(line);
      return;
    }
    if (block.push(line)) {
      this.#block = undefined;
      this.#edits.push(block.edit());
    }
  }

  /** The block ended without its mark; what was read past its likely end is read again. */
  #endBlock(truncated: boolean, another = false): void {
    const block = this.#block;
    this.#block = undefined;
    if (!block) return;
    const { edit, rest } = block.close(truncated, another);
    this.#edits.push(edit);
    if (rest.length === 0) return;
    for (const line of rest) this.#line(line);
    if (this.#block && !another) this.#endBlock(truncated);
  }

  #inDiff(line: string, diff: BareDiff): void {
    const state = diff.push(line);
    if (state !== "open") this.#endDiff(false);
    if (state === "prose") this.#prose(line);
  }

  #endDiff(truncated: boolean): void {
    const diff = this.#diff;
    this.#diff = undefined;
    if (diff) this.#edits.push(...diff.edits(truncated, this.#lastPath));
  }

  /** JSON that never closed: mended if that will do, else read as if it were none. */
  #endJson(truncated: boolean): void {
    const json = this.#json;
    this.#json = undefined;
    if (!json) return;
    const edits = truncated ? [] : readJson(json.lines.join("\n"), this.#above.path);
    if (edits.length > 0) this.#edits.push(...edits);
    else if (truncated && json.lines.some((line) => /"(?:search|replace|old_|new_|content)/.test(line)))
      this.#edits.push({ kind: "broken", code: "truncated", message: "The answer ends in the middle of an edit.", lines: json.lines });
    else {
      for (const line of json.lines) this.#line(line, false);
      this.#endOpen(truncated);
    }
  }

  #inTag(line: string, tag: { name: string; lines: string[] }): void {
    tag.lines.push(line);
    if (!line.toLowerCase().includes(`</${tag.name.toLowerCase()}>`)) return;
    this.#tag = undefined;
    this.#tags.push({ name: tag.name, text: tag.lines.join("\n") });
  }
}

/** All edits of a finished answer, in its order. */
export function parseAnswer(answer: string, truncated: boolean): AnswerEdit[] {
  const parser = new AnswerParser();
  return [...parser.push(answer), ...parser.end(truncated)];
}
