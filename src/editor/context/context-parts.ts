import type { ExtensionContext, LogOutputChannel } from "vscode";
import type { ContextSource } from "../../core/context/context-source";
import { SecretMasks } from "../../core/context/secret-masks";
import type { ContextWishes } from "../../core/run/run-request";
import type { SyntaxSource } from "../../core/run/syntax-source";
import { KeptOutlines } from "../../project/kept-outlines";
import { secretRules } from "../../project/secret-rules";
import { StoredRecords, tokenCounts } from "../../session/stored-records";
import { ContextDesk } from "./context-desk";
import { hidesSecrets, readContextTokens } from "./context-settings";
import { RecentPlaces } from "./recent-places";
import { WorkspaceProjects } from "./workspace-projects";

/**
 * Who looks for what belongs to a place, and what the person said of it. Reads nothing before it is
 * asked.
 */
export function contextParts(
  context: ExtensionContext,
  syntax: SyntaxSource,
  log: LogOutputChannel,
) {
  const projects = new WorkspaceProjects(new KeptOutlines(syntax));
  const secrets = new SecretMasks(secretRules, hidesSecrets);
  const recentPlaces = new RecentPlaces();
  const extraTokens = (): number => readContextTokens(log);
  let loaded: Promise<readonly ContextSource[]> | undefined;
  const load = async (): Promise<readonly ContextSource[]> => {
    const { placeSources } = await import("./place-sources");
    return [...placeSources(projects, recentPlaces), desk];
  };
  const sources = () => {
    loaded ??= load();
    return loaded;
  };
  const desk = new ContextDesk({ projects, sources, syntax, extraTokens, log });
  const asked = {
    context: sources,
    contextWishes: (): ContextWishes => ({ extraTokens: extraTokens(), choices: desk.choices }),
    secrets,
    tokenCounts: new StoredRecords(context.globalState, tokenCounts),
  };
  return { asked, desk, projects, recentPlaces };
}
