/**
 * DeepSeek's R1 and what was distilled from it. Only a name tells: an R1 that was imported under
 * a template of its own thinks without the server knowing, and looks like any Qwen or Llama.
 */
export function isR1(name: string): boolean {
  return /deepseek[-_. ]?r1(?!\d)/i.test(name);
}
