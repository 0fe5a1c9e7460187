import type { ImportForm } from "../import-forms";
import type { Language } from "../language";
import { braced } from "../shared-facts";

/** `const std = @import("std");` */
const imported: ImportForm = {
  line: /^(?:pub\s+)?const\s+\w+\s*=\s*@(?:import|cImport)\s*\(/,
  names: (text) => /^(?:pub\s+)?const\s+(\w+)/.exec(text)?.slice(1),
};

const { blockComment: _none, ...withoutBlockComments } = braced;

export const zig: Language = {
  id: "zig",
  aliases: "zon",
  endings: ".zig",
  files: ".zon",
  facts: {
    ...withoutBlockComments,
    typeHead:
      /^\s*(?:pub\s+)?const\s+(\w+)\s*=\s*(?:extern\s+|packed\s+)?(?:struct|enum|union|opaque)\b/,
    imports: [imported],
  },
  namesSelf: true,
  callsByReceiver: true,
};
