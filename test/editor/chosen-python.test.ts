import { beforeEach, expect, it, vi } from "vitest";
import { chosenPython } from "../../src/editor/checks/chosen-python";

const { FakeUri, python } = vi.hoisted(() => ({
  FakeUri: class {
    constructor(
      readonly scheme: string,
      readonly fsPath: string,
    ) {}
    static parse(text: string) {
      return new FakeUri("file", new URL(text).pathname);
    }
  },
  python: { extension: undefined as unknown },
}));

vi.mock("vscode", () => ({
  Uri: FakeUri,
  extensions: {
    getExtension: (id: string) => (id === "ms-python.python" ? python.extension : undefined),
  },
}));

/** What the Python extension tells of the environments `chosen` for files. */
function extension(chosen: Readonly<Record<string, unknown>>, isActive = true): unknown {
  const environments = {
    getActiveEnvironmentPath: ({ fsPath }: { readonly fsPath: string }) => ({
      id: "1",
      path: fsPath,
    }),
    resolveEnvironment: async ({ path }: { path: string }) => chosen[path],
  };
  return { isActive, exports: { environments } };
}

const file = "file:///p/a.py";
const conda = { executable: { uri: new FakeUri("file", "/opt/conda/envs/x/bin/python") } };

beforeEach(() => {
  python.extension = undefined;
});

it("the Python that the person chose for the file", async () => {
  python.extension = extension({ "/p/a.py": conda });
  expect(await chosenPython(file)).toBe("/opt/conda/envs/x/bin/python");
});

it.each<[string, unknown]>([
  ["is not there", undefined],
  ["does not run yet", extension({ "/p/a.py": conda }, false)],
  ["knows none", extension({})],
  ["knows one without a program", extension({ "/p/a.py": { executable: {} } })],
  [
    "names one on another machine",
    extension({ "/p/a.py": { executable: { uri: new FakeUri("ssh", "/bin/python") } } }),
  ],
  ["has another API", { isActive: true, exports: { environments: {} } }],
  ["fails", extension(new Proxy({}, { get: () => Promise.reject(new Error("broken")) }))],
])("none, and no error, where the extension %s", async (_, given) => {
  python.extension = given;
  expect(await chosenPython(file)).toBeUndefined();
});
