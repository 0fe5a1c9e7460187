import { expect, it } from "vitest";
import { type Machine, thinkaloudFolders } from "../../src/model-setup/folders";

const cases: readonly [string, Machine, string, string][] = [
  [
    "Linux",
    { platform: "linux", env: {}, home: "/home/ada" },
    "/home/ada/.cache/thinkaloud",
    "/home/ada/.cache/thinkaloud/models",
  ],
  [
    "Linux with a cache folder of one's own",
    { platform: "linux", env: { XDG_CACHE_HOME: "/big" }, home: "/h" },
    "/big/thinkaloud",
    "/big/thinkaloud/models",
  ],
  [
    "Linux with a relative one, which does not count",
    { platform: "linux", env: { XDG_CACHE_HOME: "big" }, home: "/h" },
    "/h/.cache/thinkaloud",
    "/h/.cache/thinkaloud/models",
  ],
  [
    "macOS",
    { platform: "darwin", env: {}, home: "/Users/ada" },
    "/Users/ada/Library/Caches/thinkaloud",
    "/Users/ada/Library/Caches/thinkaloud/models",
  ],
  [
    "Windows",
    {
      platform: "win32",
      env: { LOCALAPPDATA: "D:\\Local", XDG_CACHE_HOME: "/big" },
      home: "C:\\Users\\ada",
    },
    "D:\\Local\\thinkaloud\\Cache",
    "D:\\Local\\thinkaloud\\Cache\\models",
  ],
  [
    "Windows without LOCALAPPDATA",
    { platform: "win32", env: {}, home: "C:\\Users\\ada" },
    "C:\\Users\\ada\\AppData\\Local\\thinkaloud\\Cache",
    "C:\\Users\\ada\\AppData\\Local\\thinkaloud\\Cache\\models",
  ],
];

it.each(cases)(
  "models are kept where %s keeps what can be had again",
  (_name, machine, cache, models) => {
    const folders = thinkaloudFolders(machine);
    expect(folders.cache).toBe(cache);
    expect(folders.models).toBe(models);
    expect(new Set(Object.values(folders)).size).toBe(5);
  },
);
