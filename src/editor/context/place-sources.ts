import { Uri, workspace } from "vscode";
import {
  type ContextQuery,
  type ContextSource,
  nothingFound,
} from "../../core/context/context-source";
import { InstructionFiles } from "../../project/instruction-files";
import { MentionSource, namedLimitMs } from "../../project/mention-source";
import type { ProjectParts } from "../../project/project-parts";
import { ProjectSearch } from "../../project/project-search";
import { DefinitionProviders } from "./definition-providers";
import { ProblemsAndChanges, ShownThings } from "./problems-and-changes";
import { RecentCode } from "./recent-code";
import type { RecentPlaces } from "./recent-places";
import { ReferenceProviders } from "./reference-providers";
import type { WorkspaceProjects } from "./workspace-projects";

/**
 * Everybody who is asked what belongs to a place: loaded when one is first asked.
 */
export function placeSources(
  projects: WorkspaceProjects,
  recent: RecentPlaces,
): readonly ContextSource[] {
  return [
    new DefinitionProviders(projects),
    new ReferenceProviders(projects),
    new ProblemsAndChanges(projects),
    new ShownThings(projects),
    new RecentCode(projects, recent),
    inFolder(projects, { name: "search" }, (parts) => new ProjectSearch(parts)),
    inFolder(
      projects,
      { name: "mentions", limitMs: namedLimitMs },
      (parts) => new MentionSource(parts),
    ),
    inFolder(
      projects,
      { name: "instructions" },
      (parts) => new InstructionFiles(parts, () => workspace.isTrusted),
    ),
  ];
}

/** What is looked for in the folder that holds the file of the request. */
function inFolder(
  projects: WorkspaceProjects,
  facts: Pick<ContextSource, "name" | "limitMs">,
  make: (parts: ProjectParts) => ContextSource,
): ContextSource {
  const made = new Map<ProjectParts, ContextSource>();
  const sourceFor = (query: ContextQuery): ContextSource | undefined => {
    const parts = projects.of(Uri.parse(query.target.uri)) ?? firstFolder(projects);
    if (parts === undefined) return undefined;
    const source = made.get(parts) ?? make(parts);
    made.set(parts, source);
    return source;
  };
  return {
    ...facts,
    find: async (query, ...rest) => (await sourceFor(query)?.find(query, ...rest)) ?? nothingFound,
  };
}

/** A document outside of all folders can name what is in the first. */
function firstFolder(projects: WorkspaceProjects): ProjectParts | undefined {
  const [folder] = workspace.workspaceFolders ?? [];
  return folder === undefined ? undefined : projects.of(folder.uri);
}
