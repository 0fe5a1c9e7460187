import type { Language } from "../language";
import { prose } from "../shared-facts";

export const markdown: Language = {
  id: "markdown",
  aliases: "md mdx mkd markdown-math quarto qmd rmd",
  endings: ".md",
  files: ".mkd .mkdn .mdwn .mdown .markdown .markdn .mdtxt .mdtext .workbook",
  holds: "*",
  facts: prose,
};
