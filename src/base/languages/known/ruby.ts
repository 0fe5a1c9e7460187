import { loadedFile } from "../import-forms";
import type { Language } from "../language";
import { hashed } from "../shared-facts";

export const ruby: Language = {
  id: "ruby",
  aliases: "rb rake gemfile jruby irb rakefile podfile",
  endings: ".rb",
  files: `
    .rbx .rjs .gemspec .rake .ru .erb .podspec .rbi rakefile gemfile guardfile podfile capfile
    vagrantfile appraisals berksfile thorfile puppetfile dangerfile brewfile fastfile appfile
    deliverfile matchfile scanfile snapfile gymfile`,
  program: /\bruby\b/,
  facts: { ...hashed, blocks: "end", imports: [loadedFile] },
  grammar: "ruby",
  testName: "*_spec",
};
