import type { RunEvent } from "../protocol/run-events";

/**
 * The same list with neighbouring pieces of one text joined: tokens matter while they come, not
 * afterwards.
 */
export function joinText(events: readonly RunEvent[]): RunEvent[] {
  const joined: RunEvent[] = [];
  for (let index = 0; index < events.length; ) {
    const event = events[index];
    if (event === undefined) break;
    index++;
    if (event.kind !== "thought" && event.kind !== "answer") {
      joined.push(event);
      continue;
    }
    let text = event.text;
    for (let next = events[index]; next?.kind === event.kind; next = events[++index])
      text += next.text;
    joined.push({ ...event, text });
  }
  return joined;
}
