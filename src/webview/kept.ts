import type { Bridge, Unsent } from "./bridge";
import type { ViewContext } from "./view/view-context";

/** While the person scrolls, places are written down no more often. */
const placePauseMs = 200;

/**
 * What the person left as it is, as the views read and change it; the editor keeps it over a
 * reload.
 */
export function keptBy(
  bridge: Pick<Bridge, "readChoices" | "saveChoices">,
): Pick<ViewContext, "choices" | "unsent" | "places"> {
  const { open: opened, places: stood, ...unsent } = bridge.readChoices();
  const open = { ...opened };
  const places = { ...stood };
  const words: { -readonly [key in keyof Unsent]: string } = unsent;
  const moved = new Map<string, Parameters<ViewContext["places"]["set"]>[1]>();
  const save = (): void => bridge.saveChoices({ ...words, open, places });
  const savePlaces = (): void => {
    for (const [key, placeNow] of moved) {
      const place = placeNow?.();
      if (placeNow !== undefined && place === undefined) continue;
      // Deleted first, so that the newest are the last and outlive the oldest.
      delete places[key];
      if (place !== undefined) places[key] = place;
    }
    moved.clear();
    save();
  };
  return {
    choices: {
      get: (key) => open[key],
      set: (key, value) => {
        delete open[key];
        open[key] = value;
        save();
      },
    },
    unsent: {
      get: (box) => words[box],
      set: (box, text) => {
        if (text === words[box]) return;
        if (text === undefined) delete words[box];
        else words[box] = text;
        save();
      },
    },
    places: {
      get: (key) => places[key],
      set: (key, placeNow) => {
        if (placeNow === undefined && places[key] === undefined && !moved.has(key)) return;
        if (moved.size === 0) setTimeout(savePlaces, placePauseMs);
        moved.set(key, placeNow);
      },
    },
  };
}
