import type { Guard } from "../../../base/guard/guarded-places";

/** Why a change is confirmed by its file's name, in a sentence of the run. */
export function guardReason({ kind, name }: Guard): string {
  switch (kind) {
    case "editorSettings":
      return `\`${name}\` tells the editor what to run and what to trust.`;
    case "repository":
      return `\`${name}\` belongs to the version control, which may run what it says.`;
    case "hooks":
      return `\`${name}\` is run by itself when something is committed or checked out.`;
    case "automation":
      return `\`${name}\` is run by a build server, with the rights that it has.`;
    case "shell":
      return `\`${name}\` is run by itself when a terminal or a session starts.`;
    case "tools":
      return `\`${name}\` tells other programs what to run or whom to trust.`;
    case "instructions":
      return `\`${name}\` steers what assistants do and see from then on.`;
    case "disguised":
      return `\`${name}\` may be read as another name than it looks like.`;
    case "outside":
      return `The file is really outside of its folder, at \`${name}\`.`;
    case "scripts":
      return `It changes \`${name}\`, from which commands are run.`;
    case "fetches":
      return `With it, programs that open the file fetch \`${name}\`.`;
    default:
      return kind satisfies never;
  }
}
