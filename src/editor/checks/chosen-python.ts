import { extensions, Uri } from "vscode";
import { untilAborted } from "../../base/abort";
import { isRecord } from "../../base/guards";

/** An extension that starts up, or looks through environments, takes its time. */
const patienceMs = 2_000;

/**
 * The Python that the person chose for a file in the status bar, an environment that lies elsewhere
 * among them (conda, Poetry): the absolute path of its program. It is the Python extension that
 * knows; undefined where it is not there, does not run yet or does not answer.
 */
export async function chosenPython(uri: string): Promise<string | undefined> {
  const extension = extensions.getExtension<unknown>("ms-python.python");
  if (extension === undefined || !extension.isActive) return undefined;
  const program = programOf(extension.exports, uri);
  return await untilAborted(program, AbortSignal.timeout(patienceMs)).catch(() => undefined);
}

/** By `environments` of the extension's published API. */
async function programOf(api: unknown, uri: string): Promise<string | undefined> {
  const environments = isRecord(api) ? api["environments"] : undefined;
  if (!isPythonApi(environments)) return undefined;
  const active = environments.getActiveEnvironmentPath(Uri.parse(uri, true));
  const resolved = await environments.resolveEnvironment(active);
  const executable = isRecord(resolved) ? resolved["executable"] : undefined;
  const place = isRecord(executable) ? executable["uri"] : undefined;
  return place instanceof Uri && place.scheme === "file" ? place.fsPath : undefined;
}

interface PythonApi {
  getActiveEnvironmentPath(resource: Uri): unknown;
  resolveEnvironment(environment: unknown): Promise<unknown>;
}

function isPythonApi(value: unknown): value is PythonApi {
  return (
    isRecord(value) &&
    typeof value["getActiveEnvironmentPath"] === "function" &&
    typeof value["resolveEnvironment"] === "function"
  );
}
