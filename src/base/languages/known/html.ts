import type { Language } from "../language";
import { markup } from "../shared-facts";

export const html: Language = {
  id: "html",
  aliases: "htm xhtml html5 angular ejs erb twig liquid blade razor cshtml aspnetcorerazor",
  endings: ".html .htm",
  files: ".shtml .xhtml .xht .mdoc .jsp .asp .aspx .jshtm .volt .ejs .rhtml",
  families: "markup",
  holds: "javascript typescript css scss json php vue svelte astro javascriptreact",
  scripts: true,
  facts: markup,
};

export const razor: Language = { id: "razor", dialectOf: "html", files: ".cshtml .razor" };
