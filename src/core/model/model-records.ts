/** Keeps, per model and on this machine only, what came of the last requests. */
export interface ModelRecords<Entry> {
  /** Oldest first. */
  of(model: string): readonly Entry[];
  add(model: string, entry: Entry): void;
}
