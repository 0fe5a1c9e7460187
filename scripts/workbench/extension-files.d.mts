/** Copies what the extension needs at run time from a clone to `folder`. */
export function copyExtension(clone: string, folder: string, dist?: string): void;
/** Puts the extension of a clone into an empty extensions folder, under the name that VS Code gives it. */
export function installIntoFolder(clone: string, extensionsFolder: string): void;
