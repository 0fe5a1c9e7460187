import type { Language } from "../language";
import { hashed } from "../shared-facts";

export const julia: Language = {
  id: "julia",
  aliases: "jl",
  endings: ".jl",
  program: /\bjulia[\d.-]*\b/,
  facts: { ...hashed, longQuotes: ['"""'], blocks: "end" },
};
