import type { FromPanel } from "../../../protocol/panel/from-panel";

/** How an editor and a desktop name what is dragged. */
const kinds = ["application/vnd.code.uri-list", "text/uri-list"];
const mostFiles = 20;

/** Lets the person drop files on an element; the host says what they are called in a question. */
export function takeDroppedFiles(element: HTMLElement, send: (message: FromPanel) => void): void {
  element.addEventListener("dragover", (event) => {
    if (!kinds.some((kind) => event.dataTransfer?.types.includes(kind))) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "copy";
  });
  element.addEventListener("drop", (event) => {
    const uris = kinds
      .map((kind) => event.dataTransfer?.getData(kind) ?? "")
      .find((list) => list !== "")
      ?.split(/\r?\n/)
      .filter((line) => line !== "" && !line.startsWith("#"))
      .slice(0, mostFiles);
    if (uris === undefined || uris.length === 0) return;
    event.preventDefault();
    send({ kind: "dropFiles", uris });
  });
}
