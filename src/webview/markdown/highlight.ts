import hljs from "highlight.js/lib/core";
import { withNextDrawing } from "../next-drawing";
import { grammars } from "./grammars";
import { safeFragment } from "./safe-fragment";

/** Colouring more than this would be felt as a hitch. */
const longestCode = 20_000;

/** Reading all grammars at once would be felt as one, too. */
const readingMs = 10;

/** Not read yet. */
const unread = Object.entries(grammars);
const waiting: { readonly code: HTMLElement; readonly language: string }[] = [];
let scheduled = false;

/**
 * Colours a finished code block when there is nothing better to do. Unknown languages stay plain:
 * guessing takes 50 ms and is often wrong.
 */
export function highlightLater(code: HTMLElement, language: string): void {
  if (language === "") return;
  waiting.push({ code, language });
  schedule();
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  requestIdleCallback(
    () => {
      scheduled = false;
      readGrammars();
      // One may hold others, and go by other names.
      if (unread.length > 0) return schedule();
      const next = waiting.shift();
      if (next?.code.isConnected) paint(next.code, next.language);
      if (waiting.length > 0) schedule();
    },
    { timeout: 2_000 },
  );
}

function readGrammars(): void {
  for (const until = performance.now() + readingMs; performance.now() < until; ) {
    const next = unread.shift();
    if (next === undefined) return;
    hljs.registerLanguage(...next);
  }
}

function paint(code: HTMLElement, language: string): void {
  const text = code.textContent ?? "";
  if (text.length > longestCode || hljs.getLanguage(language) === undefined) return;
  const coloured = safeFragment(hljs.highlight(text, { language, ignoreIllegals: true }).value);
  withNextDrawing(() => code.replaceChildren(coloured));
}
