import type { ContextSource } from "../../core/context/context-source";
import type { SecretMasks } from "../../core/context/secret-masks";
import { DefinitionProviders } from "./definition-providers";
import { folderSources } from "./folder-sources";
import { ProblemsAndChanges, ShownThings } from "./problems-and-changes";
import { ReferenceProviders } from "./reference-providers";
import type { WorkspaceProjects } from "./workspace-projects";

/** Everybody who is asked what belongs to a place and has nothing to follow before that: loaded when one is first asked. */
export function placeSources(
  projects: WorkspaceProjects,
  secrets: SecretMasks,
): readonly ContextSource[] {
  return [
    new DefinitionProviders(projects),
    new ReferenceProviders(projects),
    new ProblemsAndChanges(projects),
    new ShownThings(projects),
    ...folderSources(projects, secrets),
  ];
}
