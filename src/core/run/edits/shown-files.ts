import type { ContextPiece } from "../../../protocol/context";
import type { Range, ShownFile } from "../../../protocol/document";
import type { ChatMessage } from "../../model/language-model";

/**
 * The files beside the target that an answer may change: those of which an editable piece stands in
 * what was sent, this time or earlier in the talk. What was found and left out for want of room is
 * none.
 * @param asSent how a text stands in the messages.
 */
export function shownFiles(
  pieces: readonly ContextPiece[],
  messages: readonly ChatMessage[],
  asSent: (text: string) => string,
): readonly ShownFile[] {
  const files = new Map<string, { readonly file: ShownFile; ranges: Range[] | undefined }>();
  for (const { editable, file, range, text } of pieces) {
    if (!editable || file === undefined) continue;
    const sent = asSent(text);
    if (!messages.some(({ content }) => content.includes(sent))) continue;
    const { uri, path, languageId } = file;
    const known = files.get(uri) ?? {
      file: { uri, path, languageId, text: file.text },
      ranges: [],
    };
    // Read at another moment the file may have been another: its lines would not be the same.
    if (known.file.text !== file.text) continue;
    if (range === undefined) known.ranges = undefined;
    else known.ranges?.push(range);
    files.set(uri, known);
  }
  return [...files.values()].map(({ file, ranges }) => ({
    ...file,
    ...(ranges === undefined ? {} : { ranges }),
  }));
}
