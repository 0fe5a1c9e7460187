import type { Language } from "../language";
import { styled } from "../shared-facts";

export const css: Language = {
  id: "css",
  aliases: "css3 postcss",
  endings: ".css",
  families: "style",
  facts: { ...styled, lineComments: [] },
  grammar: "css",
};

export const scss: Language = {
  id: "scss",
  endings: ".scss",
  families: "style",
  facts: styled,
};

export const less: Language = {
  id: "less",
  endings: ".less",
  families: "style",
  facts: styled,
};
