import {
  ProcessExecution,
  ShellExecution,
  type Task,
  TaskGroup,
  tasks,
  Uri,
  type WorkspaceFolder,
  workspace,
} from "vscode";
import {
  hasVariables,
  wordsOfCommand,
  wordsOfLine,
  wordsOfProgram,
} from "../../checks/tests/plain-words";
import type { TestTask } from "../../checks/tests/tests-check";

/** Whoever provides tasks may be slow. */
const patienceMs = 3_000;
/**
 * Where a task comes from that somebody wrote down; others are what extensions guess, such as all
 * scripts of a package.
 */
const written = "Workspace";

/**
 * The task that a folder has for its tests, the default one or the only one, as words that no shell
 * has to read. What a shell or the editor would put in first (`$HOME`, `${file}`) makes it none.
 */
export async function testTask(uri: string): Promise<TestTask | undefined> {
  const folder = workspace.getWorkspaceFolder(Uri.parse(uri, true));
  if (folder?.uri.scheme !== "file") return undefined;
  const late = new Promise<readonly Task[]>((resolve) => setTimeout(() => resolve([]), patienceMs));
  const all = await Promise.race([tasks.fetchTasks(), late]);
  const found = all.filter(
    ({ group, scope, source }) =>
      source === written && group?.id === TaskGroup.Test.id && isOf(folder, scope),
  );
  const task =
    found.find(({ group }) => group?.isDefault) ?? (found.length === 1 ? found[0] : undefined);
  const words = task && wordsOf(task);
  const [command, ...rest] = words ?? [];
  if (task === undefined || command === undefined) return undefined;
  const cwd =
    task.execution instanceof ProcessExecution || task.execution instanceof ShellExecution
      ? task.execution.options?.cwd
      : undefined;
  const inFolder = cwd === undefined || isFolderItself.test(cwd) ? folder.uri.fsPath : cwd;
  if (hasVariables(inFolder)) return undefined;
  return { name: task.name, words: [command, ...rest], folder: inFolder };
}

const isFolderItself = /^\$\{workspaceFolder\}$/;

function isOf(folder: WorkspaceFolder, scope: Task["scope"]): boolean {
  return typeof scope === "object" && scope.uri.toString() === folder.uri.toString();
}

function wordsOf({ execution }: Task): readonly string[] | undefined {
  if (execution instanceof ProcessExecution)
    return wordsOfProgram([execution.process, ...execution.args]);
  if (!(execution instanceof ShellExecution)) return undefined;
  const { commandLine, command, args = [] } = execution;
  if (commandLine !== undefined) return wordsOfLine(commandLine);
  if (command === undefined) return undefined;
  const text = (word: typeof command) => (typeof word === "string" ? word : word.value);
  return wordsOfCommand(text(command), args.map(text));
}
