import { memoryNeeded } from "./context-size";
import { type KnownModel, knownModels } from "./known-models";

/** What the machine that runs the models has for them, in bytes. */
export interface Room {
  readonly memoryBytes: number;
  /** Of the largest graphics card; absent where none could be asked. */
  readonly graphicsBytes?: number | undefined;
}

export type Fit =
  /** `onGraphics`: all of it goes on the graphics card. */
  | { readonly kind: "fits"; readonly onGraphics: boolean }
  | { readonly kind: "tooLarge"; readonly neededBytes: number; readonly roomBytes: number };

/** Whether a model of this size can be run here with a window that holds a file and a thought. */
export function fitOf(modelBytes: number, room: Room): Fit {
  const neededBytes = memoryNeeded(modelBytes);
  const { graphicsBytes = 0, memoryBytes } = room;
  if (neededBytes <= graphicsBytes) return { kind: "fits", onGraphics: true };
  // What does not fit on the card is shared with the processor.
  const roomBytes = memoryBytes + graphicsBytes;
  if (neededBytes <= roomBytes) return { kind: "fits", onGraphics: false };
  return { kind: "tooLarge", neededBytes, roomBytes };
}

/** A processor writes few words a second with more weights than these. */
const quickOnProcessorBytes = 6e9;

/**
 * The models to recommend for this machine, best first: for each of thinking and coding the two
 * largest that it runs well. A model that only the processor would run is not recommended where its
 * answers would take many minutes.
 */
export function recommendedModels(
  room: Room,
  known: readonly KnownModel[] = knownModels,
): readonly KnownModel[] {
  const runsWell = ({ bytes }: KnownModel): boolean => {
    const fit = fitOf(bytes, room);
    return fit.kind === "fits" && (fit.onGraphics || bytes <= quickOnProcessorBytes);
  };
  const best = (wanted: (model: KnownModel) => boolean): readonly KnownModel[] =>
    known
      .filter((model) => wanted(model) && !model.unproven && runsWell(model))
      .sort((a, b) => b.bytes - a.bytes)
      .slice(0, 2);
  return [
    ...best(({ thinks }) => thinks),
    ...best(({ codes, thinks }) => codes === true && !thinks),
  ];
}
