type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/**
 * Makes an element. Text goes in as text, never as HTML; `true` sets an empty attribute, `false`
 * and undefined leave it out.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/**
 * A text with elements in it, each where its place is named: `filled(t("at {0}", "{0}"), code)`.
 * The text's own placeholders are handed to `t` as its values, since another language may have them
 * in another order.
 */
export function filled(text: string, ...elements: readonly Node[]): (Node | string)[] {
  return text
    .split(/\{(\d+)\}/)
    .flatMap((piece, at) => (at % 2 === 0 ? piece : (elements[Number(piece)] ?? [])));
}

/** A text of ours, its pieces between backticks as code. */
export function withCode(text: string): (Node | string)[] {
  return text
    .split(/`([^`]+)`/)
    .map((piece, at) => (at % 2 === 0 ? piece : h("code", {}, piece)))
    .filter((piece) => piece !== "");
}

/**
 * Sets those that differ: the browser takes an attribute that is set to what it was for a change,
 * and asks for the element's looks anew. `false` and undefined take one away.
 */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    const next = value === true ? "" : value === false ? undefined : value;
    if (next === (element.getAttribute(name) ?? undefined)) continue;
    if (next === undefined) element.removeAttribute(name);
    else element.setAttribute(name, next);
  }
}

/**
 * Sets the text only when it differs, so that nothing is laid out again and no selection is lost.
 */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function button(label: string, className: string, onClick: () => void): HTMLButtonElement {
  const element = h("button", { type: "button", class: className }, label);
  element.addEventListener("click", onClick);
  return element;
}

/** Drawn on a 16 by 16 grid. */
const drawings = {
  chevron: "M6 3.5 10.5 8 6 12.5",
  check: "M3 8.5 6.5 12 13 4.5",
  cross: "M4 4l8 8M12 4l-8 8",
  warning: "M8 2.2 14.6 13.6H1.4ZM8 6.4v3.4M8 11.4v.6",
  info: "M8 14.3A6.3 6.3 0 1 0 8 1.7a6.3 6.3 0 0 0 0 12.6ZM8 7.2v4M8 4.6v.7",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  down: "M8 2.5v11M3.5 9 8 13.5 12.5 9",
  stop: "M4.5 4.5h7v7h-7z",
  again: "M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3",
  undo: "M6 3.5 2.5 7 6 10.5M2.5 7h7.25a3.25 3.25 0 0 1 0 6.5H7",
  pen: "M3 13l.7-3 6.8-6.8 2.3 2.3L6 12.3Z",
  clock: "M8 14.3A6.3 6.3 0 1 0 8 1.7a6.3 6.3 0 0 0 0 12.6ZM8 4.5V8l2.6 1.7",
  pin: "M6 2.5h4M6.5 2.5v4L4.5 9.5h7L9.5 6.5v-4M8 9.5v4.5",
  save: "M8 2.5v7.5M4.5 7 8 10.5 11.5 7M2.5 13.5h11",
  bin: "M3 4.5h10M6.5 4.5V2.5h3v2M4.5 4.5l.5 9h6l.5-9",
  send: "M8 13.5v-11M3.5 7 8 2.5 12.5 7",
} as const;

/** A line drawing in the text's colour; it says nothing to a screen reader. */
export function icon(name: keyof typeof drawings): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", drawings[name]);
  svg.append(path);
  return svg;
}
