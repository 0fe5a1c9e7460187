import { included, plainImport, usingImport } from "../import-forms";
import type { Language } from "../language";
import { braced } from "../shared-facts";

const likeC = {
  families: "c",
  linksWith: "c",
  facts: { ...braced, imports: [included] },
} as const satisfies Partial<Language>;

/** Modules and namespaces are brought in by statements. */
const likeCpp = {
  ...likeC,
  facts: { ...braced, imports: [included, usingImport, plainImport] },
  // Read by the same grammar as C.
  grammar: "cpp",
} as const satisfies Partial<Language>;

export const c: Language = {
  ...likeC,
  id: "c",
  aliases: "h c99 c11 c17 c23",
  endings: ".c",
  files: ".i",
  grammar: "cpp",
  testName: "*_test",
};

export const cpp: Language = {
  ...likeCpp,
  id: "cpp",
  aliases: "c++ cc cxx hpp hh hxx h++ cpp11 cpp17 cpp20 arduino ino",
  endings: ".cpp .cc .cxx .hpp .h",
  files: `
    .cppm .ccm .cxxm .c++ .c++m .hh .hxx .h++ .ii .ino .inl .ipp .ixx .mpp .mxx .tpp .txx .hpp.in
    .h.in`,
  testName: "*_test",
};

export const cuda: Language = {
  ...likeCpp,
  id: "cuda-cpp",
  aliases: "cuda cu cuh",
  endings: ".cu .cuh",
};

export const objectiveC: Language = {
  ...likeC,
  id: "objective-c",
  aliases: "objc objectivec obj-c objective_c",
  files: ".m",
};

export const objectiveCpp: Language = {
  ...likeC,
  id: "objective-cpp",
  aliases: "objc++ objectivec++ objective-c++ objcpp mm obj-c++",
  files: ".mm",
};
