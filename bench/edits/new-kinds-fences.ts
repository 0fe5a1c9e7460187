import {
  fence,
  indentOf,
  type Make,
  mark,
  may,
  must,
  ofFunction,
  text,
  usual,
} from "./new-kinds-scene";

const shift = (part: string, by: string): string => part.replace(/^(?=.)/gm, by);
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const comment = "This makes the comparison right. The function can now be used as before.\n";

/** Ways in which the fence around a whole function is not the plain one. */
export const fenceKinds: Readonly<Record<string, Make>> = {
  "fence: in a list": ofFunction((fn, scene) =>
    must(
      scene,
      `1. Replace the function:\n\n${shift(fence(scene.languageId, fn.fresh), "   ")}\n2. Run the tests.\n`,
    ),
  ),
  "fence: tildes": ofFunction((fn, scene) =>
    must(scene, `Corrected:\n\n${fence(scene.languageId, fn.fresh, "~~~")}`),
  ),
  "fence: four backticks": ofFunction((fn, scene) =>
    must(scene, `Corrected:\n\n${fence(scene.languageId, fn.fresh, "````")}`),
  ),
  "fence: never closed, talk behind": ofFunction((fn, scene) =>
    may(scene, `Corrected:\n\n\`\`\`${scene.languageId}\n${text(fn.fresh)}\n${comment}`),
  ),
  "fence: closed twice": ofFunction((fn, scene) =>
    must(scene, `Corrected:\n\n${fence(scene.languageId, fn.fresh)}\`\`\`\n\n${comment}`),
  ),
  "fence: talk inside": ofFunction((fn, scene) =>
    may(
      scene,
      `Corrected:\n\n\`\`\`${scene.languageId}\n${text(fn.fresh)}\nExplanation: ${comment}\`\`\`\n`,
    ),
  ),
  "fence: info with more than a language": ofFunction((fn, scene) => {
    const { languageId, path } = scene;
    const info = scene.random.pick([
      `{.${languageId} .numberLines}`,
      `${languageId}:${path}`,
      `${languageId} title="${path}"`,
      `${languageId} {linenos=true}`,
      `${languageId}:${path}:${fn.head + 1}:${fn.end}`,
      ` ${capital(languageId)}`,
    ]);
    return must(scene, `Corrected:\n\n${fence(info, fn.fresh)}`);
  }),
  "fence: indented by four, no fence": ofFunction((fn, scene) =>
    may(scene, `The function should be:\n\n${shift(text(fn.fresh), "    ")}\n${comment}`),
  ),
  "fence: none": ofFunction((fn, scene) =>
    may(scene, `The function should be:\n\n${text(fn.fresh)}\n${comment}`),
  ),
  "fence: opens behind words": ofFunction((fn, scene) =>
    may(
      scene,
      `The function should be: \`\`\`${scene.languageId}\n${text(fn.fresh)}\`\`\`\n\n${comment}`,
    ),
  ),
  "fence: apostrophes": ofFunction((fn, scene) =>
    fn.old.some((line) => line.includes("'''"))
      ? undefined
      : may(scene, `Corrected:\n\n${fence(scene.languageId, fn.fresh, "'''")}`),
  ),
  "fence: one function in two": ofFunction((fn, scene) => {
    const at = Math.floor(fn.fresh.length / 2);
    return may(
      scene,
      `Corrected:\n\n${fence(scene.languageId, fn.fresh.slice(0, at))}\nand it goes on:\n\n${fence(scene.languageId, fn.fresh.slice(at))}`,
    );
  }),
  "fence: language on its own line": ofFunction((fn, scene) =>
    must(scene, `Corrected:\n\n${fence("", [scene.languageId, ...fn.fresh])}`),
  ),
  "fence: path as a comment": ofFunction((fn, scene) =>
    must(
      scene,
      `Corrected:\n\n${fence(scene.languageId, [`${mark(scene)} ${scene.path}`, ...fn.fresh])}`,
    ),
  ),
  "fence: in details": ofFunction((fn, scene) =>
    must(
      scene,
      `<details>\n<summary>Full code</summary>\n\n${fence(scene.languageId, fn.fresh)}\n</details>\n`,
    ),
  ),
  "fence: session of an interpreter": ofFunction((fn, scene) =>
    scene.languageId !== "python"
      ? undefined
      : may(
          scene,
          fence("python", [
            ...fn.fresh.map((line, at) => `${at === 0 ? ">>> " : "... "}${line}`),
            "... ",
            ">>> ",
          ]),
        ),
  ),
  "fence: shell writes the file": (scene) =>
    scene.lines.length > 250
      ? undefined
      : may(
          scene,
          `Run this:\n\n\`\`\`bash\ncat > ${scene.path} << 'EOF'\n${scene.truth}EOF\n\`\`\`\n`,
        ),
  "fence: listing of LaTeX": ofFunction((fn, scene) =>
    may(
      scene,
      `\\begin{lstlisting}[language=${capital(scene.languageId)}]\n${text(fn.fresh)}\\end{lstlisting}\n`,
    ),
  ),
  "fence: diff without signs": ofFunction((fn, scene) =>
    // A line that starts with a sign of its own would be read as one of the diff's.
    fn.fresh.some((line) => /^[-+ ]/.test(line) && indentOf(line) === "")
      ? undefined
      : may(scene, fence("diff", fn.fresh)),
  ),
  "fence: called text": ofFunction((fn, scene) =>
    must(
      scene,
      `Corrected:\n\n${fence(scene.random.pick(["text", "plaintext", "code", "txt", "output"]), fn.fresh)}`,
    ),
  ),
  "fence: usual block called diff": (scene) => must(scene, `\`\`\`diff\n${usual(scene)}\`\`\`\n`),
  "fence: usual block in a list": (scene) =>
    must(scene, `1. Change the lines:\n\n${shift(usual(scene), "   ")}\n2. Run it.\n`),
};
