import { fence, type Make, may, must, ofFunction, text, usual } from "./new-kinds-scene";

const mostLinesOfWhole = 250;
const json = (value: unknown): string => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\`\n`;
const joined = (lines: readonly string[]): string => lines.join("\n");
const indented = (lines: readonly string[], by: string): string[] =>
  lines.map((line) => (line === "" ? line : by + line));
const escapedForHtml = (line: string): string =>
  line
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

/**
 * Edits dressed as calls of a tool: tags, JSON and its cousins, each with the names that other
 * tools taught the models.
 */
export const tagKinds: Readonly<Record<string, Make>> = {
  "tags: replace_in_file": (scene) =>
    must(
      scene,
      `<replace_in_file>\n<path>${scene.path}</path>\n<diff>\n------- SEARCH\n${text(scene.edit.search)}=======\n${text(scene.edit.replace)}+++++++ REPLACE\n</diff>\n</replace_in_file>\n`,
    ),
  "tags: write_to_file": (scene) =>
    scene.lines.length > mostLinesOfWhole
      ? undefined
      : must(
          scene,
          `<write_to_file>\n<path>${scene.path}</path>\n<content>\n${scene.truth}</content>\n<line_count>${scene.after.length}</line_count>\n</write_to_file>\n`,
        ),
  "tags: apply_diff with CDATA": (scene) =>
    must(
      scene,
      `<apply_diff>\n<args>\n<file>\n<path>${scene.path}</path>\n<diff>\n<content><![CDATA[\n<<<<<<< SEARCH\n${text(scene.edit.search)}=======\n${text(scene.edit.replace)}>>>>>>> REPLACE\n]]></content>\n<start_line>${scene.edit.start + 1}</start_line>\n</diff>\n</file>\n</args>\n</apply_diff>\n`,
    ),
  "tags: halves in CDATA": (scene) =>
    must(
      scene,
      `<edit path="${scene.path}">\n<search><![CDATA[\n${text(scene.edit.search)}]]></search>\n<replace><![CDATA[\n${text(scene.edit.replace)}]]></replace>\n</edit>\n`,
    ),
  "tags: JSON in tool_call": (scene) => {
    const call = {
      name: "edit_file",
      arguments: {
        path: scene.path,
        old_str: joined(scene.edit.search),
        new_str: joined(scene.edit.replace),
      },
    };
    return must(scene, `<tool_call>\n${JSON.stringify(call)}\n</tool_call>`);
  },
  "tags: parameters of a function": (scene) =>
    must(
      scene,
      `<tool_call>\n<function=edit>\n<parameter=file_path>\n${scene.path}\n</parameter>\n<parameter=old_string>\n${text(scene.edit.search)}</parameter>\n<parameter=new_string>\n${text(scene.edit.replace)}</parameter>\n</function>\n</tool_call>`,
    ),
  "tags: other names of the halves": (scene) => {
    const [from, to] = scene.random.pick([
      ["original", "modified"],
      ["old", "new"],
      ["before", "after"],
      ["old_code", "new_code"],
      ["find", "replace_with"],
    ]);
    return must(
      scene,
      `In \`${scene.path}\`:\n\n<${from}>\n${text(scene.edit.search)}</${from}>\n<${to}>\n${text(scene.edit.replace)}</${to}>\n`,
    );
  },
  "tags: code": ofFunction((fn, scene) =>
    may(
      scene,
      `The function:\n\n<code language="${scene.languageId}">\n${text(fn.fresh)}</code>\n\nIt works now.\n`,
    ),
  ),
  "tags: action with a whole file": (scene) =>
    scene.lines.length > mostLinesOfWhole
      ? undefined
      : may(
          scene,
          `<boltArtifact id="fix" title="Fix">\n<boltAction type="file" filePath="${scene.path}">\n${scene.truth}</boltAction>\n</boltArtifact>\n`,
        ),
  "tags: pre and code with entities": ofFunction((fn, scene) =>
    may(
      scene,
      `<pre><code class="language-${scene.languageId}">${text(fn.fresh.map(escapedForHtml))}</code></pre>\n`,
    ),
  ),
  "tags: file around a fence": (scene) =>
    scene.lines.length > mostLinesOfWhole
      ? undefined
      : must(
          scene,
          `<file path="${scene.path}">\n${fence(scene.languageId, scene.after)}</file>\n`,
        ),
  "JSON: other keys": (scene) => {
    const [file, from, to] = scene.random.pick([
      ["filename", "original", "modified"],
      ["file_path", "old_code", "new_code"],
      ["filePath", "oldText", "newText"],
      ["path", "find", "replace_with"],
      ["file", "before", "after"],
      ["target_file", "old_content", "new_content"],
    ]) as [string, string, string];
    return must(
      scene,
      json({
        [file]: scene.path,
        [from]: joined(scene.edit.search),
        [to]: joined(scene.edit.replace),
      }),
    );
  },
  "JSON: arguments as a string": (scene) => {
    const written = JSON.stringify({
      filePath: scene.path,
      oldString: joined(scene.edit.search),
      newString: joined(scene.edit.replace),
    });
    const call = {
      type: "function",
      function: { name: "replace_string_in_file", arguments: written },
    };
    return must(scene, json(call));
  },
  "JSON: a Python dictionary": (scene) =>
    [...scene.edit.search, ...scene.edit.replace].some((line) => /'''|\\/.test(line))
      ? undefined
      : may(
          scene,
          `\`\`\`python\nedit = {\n    'path': '${scene.path}',\n    'search': '''${joined(scene.edit.search)}''',\n    'replace': '''${joined(scene.edit.replace)}''',\n}\n\`\`\`\n`,
        ),
  "JSON: real line ends in strings": (scene) =>
    may(
      scene,
      `\`\`\`json\n{\n  "path": "${scene.path}",\n  "old_string": "${joined(scene.edit.search).replaceAll('"', '\\"')}",\n  "new_string": "${joined(scene.edit.replace).replaceAll('"', '\\"')}"\n}\n\`\`\`\n`,
    ),
  "JSON: comma at the end and a comment": (scene) =>
    may(
      scene,
      `\`\`\`json\n{\n  // the file to change\n  "path": "${scene.path}",\n  "search": ${JSON.stringify(joined(scene.edit.search))},\n  "replace": ${JSON.stringify(joined(scene.edit.replace))},\n}\n\`\`\`\n`,
    ),
  "JSON: a whole file": (scene) =>
    scene.lines.length > mostLinesOfWhole
      ? undefined
      : may(scene, json({ path: scene.path, content: scene.truth })),
  "JSON: line numbers and new lines": (scene) =>
    may(
      scene,
      json({
        edits: [
          {
            file: scene.path,
            start_line: scene.edit.start + 1,
            end_line: scene.edit.start + scene.edit.search.length,
            new_content: joined(scene.edit.replace),
          },
        ],
      }),
    ),
  "JSON: a patch as a string": (scene) => {
    const { start, search, replace, changed } = scene.edit;
    const diff = [
      `--- a/${scene.path}`,
      `+++ b/${scene.path}`,
      `@@ -${start + 1},${search.length} +${start + 1},${replace.length} @@`,
      ...search.slice(0, changed).map((line) => ` ${line}`),
      `-${search[changed]}`,
      ...replace
        .slice(changed, replace.length - (search.length - changed - 1))
        .map((line) => `+${line}`),
      ...search.slice(changed + 1).map((line) => ` ${line}`),
    ];
    return may(scene, json({ name: "apply_patch", arguments: { patch: text(diff) } }));
  },
  "YAML: halves as texts": (scene) =>
    may(
      scene,
      `\`\`\`yaml\nfile: ${scene.path}\nsearch: |\n${text(indented(scene.edit.search, "  "))}replace: |\n${text(indented(scene.edit.replace, "  "))}\`\`\`\n`,
    ),
  "tags: usual block in edit": (scene) => must(scene, `<edit>\n${usual(scene)}</edit>\n`),
};
