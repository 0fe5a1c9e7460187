import { runMocha } from "./run-mocha";

/**
 * Where VS Code starts the tests inside its extension host, in the workbench and on the desktop
 * alike.
 */
export function run(): Promise<void> {
  return runMocha(__dirname);
}
