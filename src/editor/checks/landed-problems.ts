import { type Disposable, languages, type TextDocument, Uri, workspace } from "vscode";
import { type FileProblems, problemNamed, problemsCheck } from "../../checks/problems-check";
import type { ActionArguments } from "../../protocol/commands";
import type { RunEvent } from "../../protocol/run-events";
import { compareCheck } from "../../runs/compare-checks";
import type { KnownProposal } from "../../runs/run-lists";
import { plainDiagnostic } from "../documents/targets";
import { shownPath } from "../documents/workspace-paths";

/** So long a service may take to say the first word about a change. */
export const firstWordMs = 3_000;
/** Several services speak about one file, one after the other: syntax, types, a linter. */
const restMs = 800;
const longestMs = 10_000;

/**
 * Tells what the editor's own services say of the files that an accepted proposal changed, against
 * what they said before.
 */
export class LandedProblems implements Disposable {
  readonly #record: (runId: string, event: RunEvent) => void;
  readonly #before = new Map<string, FileProblems>();
  readonly #landed = new Map<string, { readonly proposalId: string; readonly text: string }>();
  readonly #stop = new AbortController();

  constructor(record: (runId: string, event: RunEvent) => void) {
    this.#record = record;
  }

  /**
   * To be called before a change lands. @returns what to call when it has; of several that belong
   * together the first counts.
   */
  look(uris: readonly string[]): () => void {
    const found = uris.map((uri) => [uri, problemsIn(Uri.parse(uri, true))] as const);
    return () => {
      for (const [uri, problems] of found)
        if (!this.#before.has(uri)) this.#before.set(uri, problems);
    };
  }

  /**
   * To be called when all of a proposal is decided. Says nothing where no service speaks about the
   * language.
   */
  async tell({ runId, proposal }: KnownProposal): Promise<void> {
    const uris = proposal.files.map(({ uri }) => uri).filter((uri) => this.#before.has(uri));
    const before = uris.flatMap((uri) => this.#before.get(uri) ?? []);
    for (const uri of uris) {
      this.#before.delete(uri);
      const text = textOf(uri);
      if (text !== undefined) this.#landed.set(uri, { proposalId: proposal.id, text });
    }
    if (uris.length === 0) return;
    const began = performance.now();
    const spoke = await untilAtRest(uris, this.#stop.signal);
    // What the person typed meanwhile is theirs, and so are its problems.
    if (
      this.#stop.signal.aborted ||
      uris.some((uri) => textOf(uri) !== this.#landed.get(uri)?.text)
    )
      return;
    if (!spoke && before.every(({ problems }) => problems.length === 0)) return;
    const after = spoke ? uris.map((uri) => problemsIn(Uri.parse(uri, true))) : undefined;
    const check = problemsCheck(before, after, Math.round(performance.now() - began));
    this.#record(runId, { kind: "landed", at: Date.now(), proposalId: proposal.id, check });
  }

  /** To be called when a proposal was taken back by another change than the editor's undo. */
  forget({ proposal: { files } }: KnownProposal): void {
    for (const { uri } of files) {
      this.#before.delete(uri);
      this.#landed.delete(uri);
    }
  }

  /** Whether the document is as this proposal left it. */
  isAsLanded(document: TextDocument, proposalId: string): boolean {
    const landed = this.#landed.get(document.uri.toString());
    return landed?.proposalId === proposalId && landed.text === document.getText();
  }

  dispose(): void {
    this.#stop.abort();
  }
}

/**
 * Where the first problem stands that an accepted proposal brought, as far as it is still there.
 */
export function firstNewProblem({ proposal, landed }: KnownProposal): ActionArguments | undefined {
  if (landed === undefined) return undefined;
  const isNew = new Set(compareCheck(landed).worse.map(({ name }) => name));
  for (const { uri } of proposal.files) {
    const problem = problemNamed(problemsIn(Uri.parse(uri, true)), isNew);
    if (problem !== undefined) return { uri, range: problem.range, diagnostics: [problem] };
  }
  return undefined;
}

function problemsIn(uri: Uri): FileProblems {
  return {
    path: shownPath(uri),
    problems: languages.getDiagnostics(uri).map(plainDiagnostic),
  };
}

function textOf(uri: string): string | undefined {
  return workspace.textDocuments.find((each) => each.uri.toString() === uri)?.getText();
}

/**
 * Waits until the services have spoken and rest. @returns whether they spoke at all, within
 * `firstMs`.
 */
export function untilAtRest(
  uris: readonly string[],
  signal: AbortSignal,
  firstMs = firstWordMs,
): Promise<boolean> {
  return new Promise((resolve) => {
    let spoke = false;
    let timer = setTimeout(end, firstMs);
    const latest = setTimeout(end, longestMs);
    const listener = languages.onDidChangeDiagnostics((event) => {
      if (!event.uris.some((uri) => uris.includes(uri.toString()))) return;
      spoke = true;
      clearTimeout(timer);
      timer = setTimeout(end, restMs);
    });
    signal.addEventListener("abort", end, { once: true });
    function end(): void {
      clearTimeout(timer);
      clearTimeout(latest);
      listener.dispose();
      signal.removeEventListener("abort", end);
      resolve(spoke);
    }
  });
}
