import { describe, expect, it } from "vitest";
import { holdsSecrets, valuesOf } from "../../../src/core/context/file-rules";
import { SecretMasks } from "../../../src/core/context/secret-masks";

const token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
const finding = (...secrets: string[]) => ({
  find: async (text: string) => secrets.filter((secret) => text.includes(secret)),
});

describe("a secret", () => {
  it("is hidden wherever it stands, comes back to its place, and has the same mask every time", async () => {
    const masks = new SecretMasks(finding(token));
    const code = `key = "${token}"\nsend("${token}")\n`;
    await masks.learn(code);
    const hidden = masks.hide(code);
    expect(hidden).not.toContain("ghp_");
    expect(hidden.split("\n")).toHaveLength(3);
    expect(masks.hiddenIn(hidden)).toBe(1);
    expect(masks.reveal(hidden)).toBe(code);
    await masks.learn(code);
    expect(masks.hide(code)).toBe(hidden);
    expect(masks.reveal(masks.hide(hidden))).toBe(code);
  });

  it("of several lines is hidden line by line, so that no line moves", () => {
    const masks = new SecretMasks(finding());
    const key =
      "-----BEGIN RSA PRIVATE KEY-----\nMIICXgIBAAKB\nQCrBBBBBBBBB\n-----END RSA PRIVATE KEY-----";
    masks.add(key);
    const hidden = masks.hide(`a = """\n${key}\n"""\nb = 2`);
    expect(hidden).not.toMatch(/MIIC|QCrB/);
    expect(hidden.split("\n")).toHaveLength(7);
    expect(masks.reveal(hidden)).toContain(key);
  });

  it("within another is hidden with the longer one", () => {
    const masks = new SecretMasks(finding());
    masks.add("secret-part");
    masks.add("secret-part-and-more");
    expect(masks.hide("x secret-part-and-more y")).not.toContain("part");
    expect(masks.reveal(masks.hide("x secret-part-and-more y"))).toBe("x secret-part-and-more y");
  });

  it("has a mask that nothing else is taken for: one made up or of an earlier start is stray", () => {
    const masks = new SecretMasks(finding());
    masks.add(token);
    const [mask = ""] = masks.hide(token).match(/\w+/) ?? [];
    const strayIn = (answer: string, of = masks, own = token): string | undefined =>
      of.strayIn(of.reveal(answer), answer, [own]);
    expect(strayIn(`key = "${mask}"`)).toBeUndefined();
    expect(strayIn(`key = "${mask}9"`)).toBe(`${mask}9`);
    expect(strayIn(`key = "${mask}"`, new SecretMasks(finding()))).toBe(mask);
    // One that the file has already covers no other.
    expect(strayIn("HIDDEN_abc_1 HIDDEN_abc_2", masks, "HIDDEN_abc_1")).toBe("HIDDEN_abc_2");
  });

  it("is written by its mask only where it stands already", () => {
    const masks = new SecretMasks(finding());
    masks.add(token);
    const mask = masks.hide(token);
    expect(masks.strayIn(`key = "${token}"`, `key = "${mask}"`, ["", "a = 1"])).toBe(mask);
    expect(masks.strayIn(`key = "${token}"`, `key = "${mask}"`, ["", token])).toBeUndefined();
    // What the answer has without a mask is the model's own.
    expect(masks.strayIn(`key = "${token}"`, `key = "${token}"`, [])).toBeUndefined();
  });

  it("is sent as it is when the person insists", async () => {
    const masks = new SecretMasks(finding(token), () => false);
    await masks.learn(token);
    expect(masks.hide(token)).toBe(token);
  });
});

describe("files that are made to hold secrets", () => {
  it.each([".env", "app/.env.local", "prod.env", "id_rsa", "certs/server.pem", ".npmrc"])(
    "are known by their name: %s",
    (path) => expect(holdsSecrets(path)).toBe(true),
  );
  it.each([".env.example", "environment.ts", "key.ts", "keys.py", "id_rsa.pub", "src/env.py"])(
    "are not taken for others: %s",
    (path) => expect(holdsSecrets(path)).toBe(false),
  );

  it("have values that are secret whatever they look like, but for plain words and small numbers", () => {
    expect(
      valuesOf('# hunter1\nexport DB_PASSWORD="hunter22!"\nPORT=8080\nDEBUG=true\nURL: x@y/z\n'),
    ).toEqual(["hunter22!", "x@y/z"]);
  });

  it.each([
    ["over several lines", 'KEY="first\nsecond = x\nthird"\nPORT=1', ["first\nsecond = x\nthird"]],
    [
      "with a remark behind it",
      "A=hunter22! # the old one",
      ["hunter22! # the old one", "hunter22!"],
    ],
    ["in quotes with a remark behind them", "A='hunter22! #1' # old", ["hunter22! #1"]],
    ["with a quote that never ends", 'A="hunter22!\nB=hunter33!', ['"hunter22!', "hunter33!"]],
    [
      "of a plain word that its name calls secret",
      "DB_PASSWORD=swordfish\nMODE=production",
      ["swordfish"],
    ],
    ["that is out of use", "#OLD=hunter22!\n# see: the manual", ["hunter22!"]],
    ["behind the line ends of Windows", "A=hunter22!\r\nB=x1!\r\n", ["hunter22!", "x1!"]],
  ])("have a value %s", (_what, text, values) => expect(valuesOf(text)).toEqual(values));
});
