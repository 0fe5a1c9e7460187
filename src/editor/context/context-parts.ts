import type { ExtensionContext, LogOutputChannel } from "vscode";
import type { ContextSource } from "../../core/context/context-source";
import { SecretMasks } from "../../core/context/secret-masks";
import type { ContextWishes } from "../../core/run/run-request";
import type { SyntaxSource } from "../../core/run/syntax-source";
import { KeptOutlines } from "../../project/kept-outlines";
import { secretRules } from "../../project/secret-rules";
import { TokenCountRecords } from "../model/token-count-records";
import { ContextDesk } from "./context-desk";
import { hidesSecrets, readContextTokens } from "./context-settings";
import { DefinitionProviders } from "./definition-providers";
import { folderSources } from "./folder-sources";
import { ProblemsAndChanges, ShownThings } from "./problems-and-changes";
import { RecentEdits } from "./recent-edits";
import { ReferenceProviders } from "./reference-providers";
import { WorkspaceProjects } from "./workspace-projects";

/** Who looks for what belongs to a place, and what the person said of it. Reads nothing before it is asked. */
export function contextParts(
  context: ExtensionContext,
  syntax: SyntaxSource,
  log: LogOutputChannel,
) {
  const projects = new WorkspaceProjects(new KeptOutlines(syntax));
  const secrets = new SecretMasks(secretRules, hidesSecrets);
  const recentEdits = new RecentEdits(projects);
  const extraTokens = (): number => readContextTokens(log);
  const found: readonly ContextSource[] = [
    new DefinitionProviders(projects),
    new ReferenceProviders(projects),
    new ProblemsAndChanges(projects),
    new ShownThings(projects),
    recentEdits,
    ...folderSources(projects, secrets),
  ];
  const sources: ContextSource[] = [...found];
  const desk = new ContextDesk({ projects, sources, syntax, extraTokens, log });
  sources.push(desk);
  const asked = {
    context: sources,
    contextWishes: (): ContextWishes => ({ extraTokens: extraTokens(), choices: desk.choices }),
    secrets,
    tokenCounts: new TokenCountRecords(context.globalState),
  };
  return { asked, desk, projects, recentEdits };
}
