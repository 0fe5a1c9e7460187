import { usingImport } from "../import-forms";
import type { Language } from "../language";
import { braced } from "../shared-facts";

export const csharp: Language = {
  id: "csharp",
  aliases: "cs c# dotnet csx",
  endings: ".cs",
  files: ".csx .cake",
  facts: { ...braced, longQuotes: ['"""'], imports: [usingImport] },
  grammar: "c-sharp",
  functionsInClasses: true,
  testName: "*Test",
  testTool: "dotnet",
};
