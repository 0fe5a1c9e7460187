import hljs from "highlight.js/lib/common";
import { safeFragment } from "./safe-fragment";

/** Colouring more than this would be felt as a hitch. */
const longestCode = 20_000;

const waiting: { readonly code: HTMLElement; readonly language: string }[] = [];
let scheduled = false;

/** Colours a finished code block when there is nothing better to do. Unknown languages stay plain: guessing takes 50 ms and is often wrong. */
export function highlightLater(code: HTMLElement, language: string): void {
  if (hljs.getLanguage(language) === undefined) return;
  waiting.push({ code, language });
  schedule();
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  requestIdleCallback(
    () => {
      scheduled = false;
      const next = waiting.shift();
      if (next?.code.isConnected) paint(next.code, next.language);
      if (waiting.length > 0) schedule();
    },
    { timeout: 2_000 },
  );
}

function paint(code: HTMLElement, language: string): void {
  const text = code.textContent ?? "";
  if (text.length > longestCode) return;
  code.replaceChildren(
    safeFragment(hljs.highlight(text, { language, ignoreIllegals: true }).value),
  );
}
