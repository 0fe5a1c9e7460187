import { env, workspace } from "vscode";
import { answerLanguage } from "../../core/prompt/answer-language";

/** The language that the person wants answers in, as it is set now; undefined: English. */
export function wantedLanguage(): string | undefined {
  const wish = workspace.getConfiguration("thinkaloud", null).get<unknown>("answerLanguage");
  return answerLanguage(typeof wish === "string" ? wish : "", env.language);
}
