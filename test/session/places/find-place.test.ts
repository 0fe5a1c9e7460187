import { expect, it } from "vitest";
import {
  type DeclaredName,
  findPlace,
  type PlaceSource,
} from "../../../src/session/places/find-place";

const files: Readonly<Record<string, readonly string[]>> = {
  "src/queue.ts": ["Queue", "push", "drain(limit: number)"],
  "src/price.ts": ["net", "drain"],
  "test/queue.ts": ["testPush"],
};
const uriOf = (path: string): string => `file:///project/${path}`;

function declared(path: string): readonly DeclaredName[] {
  return (files[path] ?? []).map((name, line) => ({
    ...{ uri: uriOf(path), path, name, line },
    container: path === "src/queue.ts" && line > 0 ? "Queue" : "",
  }));
}

function source(...near: readonly string[]): PlaceSource {
  return {
    near: near.map(uriOf),
    files: async (path) =>
      Object.keys(files)
        .filter((each) => each === path || each.endsWith(`/${path}`))
        .map((each) => ({ uri: uriOf(each), path: each })),
    lineCount: async () => 10,
    declaredIn: async (uri) => declared(uri.replace("file:///project/", "")),
    declaredAnywhere: async () => Object.keys(files).flatMap(declared),
  };
}

async function at(name: string, ...near: readonly string[]): Promise<string | undefined> {
  const place = await findPlace(name, source(...near));
  return place === undefined ? undefined : `${place.path}:${place.line + 1}`;
}

it("a file and a line of it are found when they are there", async () => {
  expect(await at("src/price.ts")).toBe("src/price.ts:1");
  expect(await at("price.ts:10")).toBe("src/price.ts:10");
  expect(await at("price.ts:11")).toBeUndefined();
  expect(await at("price.ts:0")).toBeUndefined();
  expect(await at("lost.ts:1")).toBeUndefined();
});

it("of files with the same name the near one is meant, and none where none is near", async () => {
  expect(await at("queue.ts:3")).toBeUndefined();
  expect(await at("queue.ts:3", "test/queue.ts")).toBe("test/queue.ts:3");
  expect(await at("src/queue.ts:3")).toBe("src/queue.ts:3");
});

it("something declared is found near first, then where it is the only one", async () => {
  expect(await at("drain", "src/price.ts")).toBe("src/price.ts:2");
  expect(await at("drain", "src/queue.ts")).toBe("src/queue.ts:3");
  expect(await at("drain")).toBeUndefined();
  expect(await at("Queue.drain")).toBe("src/queue.ts:3");
  expect(await at("testPush", "src/price.ts")).toBe("test/queue.ts:1");
  expect(await at("nothingOfIt", "src/price.ts")).toBeUndefined();
});

it("a name that is no place is not even looked up", async () => {
  const never: PlaceSource = {
    near: [],
    files: () => Promise.reject(new Error("looked up")),
    lineCount: () => Promise.reject(new Error("looked up")),
    declaredIn: () => Promise.reject(new Error("looked up")),
    declaredAnywhere: () => Promise.reject(new Error("looked up")),
  };
  for (const name of ["/etc/passwd", "../up.ts:1", "https://evil.example/a.ts", "rm -rf", "x"])
    expect(await findPlace(name, never), name).toBeUndefined();
});
