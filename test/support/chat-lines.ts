/** Lines of the daemon's chat stream, as it writes them. */

const head = { model: "m", created_at: "2026-01-01T00:00:00.1Z" };

export const finalCounts = {
  total_duration: 9_000_000,
  load_duration: 1_000_000,
  prompt_eval_count: 5,
  prompt_eval_duration: 2_000_000,
  eval_count: 2,
  eval_duration: 3_000_000,
};

export function contentLine(content: string, extra: object = {}): string {
  return line({ message: { role: "assistant", content }, done: false, ...extra });
}

export function thinkingLine(thinking: string): string {
  return line({ message: { role: "assistant", content: "", thinking }, done: false });
}

export function doneLine(reason = "stop", extra: object = finalCounts): string {
  return line({
    message: { role: "assistant", content: "" },
    done: true,
    done_reason: reason,
    ...extra,
  });
}

export function errorLine(message: unknown): string {
  return `${JSON.stringify({ error: message })}\n`;
}

function line(fields: object): string {
  // Go writes these three characters escaped.
  const text = JSON.stringify({ ...head, ...fields }).replace(
    /[<>&]/g,
    (c) => `\\u00${c.charCodeAt(0).toString(16)}`,
  );
  return `${text}\n`;
}
