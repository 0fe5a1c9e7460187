import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { listening } from "../support/loopback";
import { editAnswer, inSession, session, until, withSettings } from "./session";

/** So long a language service may take to open a document and ask for what it names. */
const patienceMs = 4_000;

describe("a proposal that names an address", () => {
  let server: Server;
  let address: string;
  const asked = new Set<string>();
  const json = () => vscode.workspace.getConfiguration("json");

  inSession();
  beforeEach(async () => {
    asked.clear();
    server = createServer((request, response) => {
      asked.add(request.url ?? "");
      response.setHeader("content-type", "application/json").end("{}");
    });
    address = `http://127.0.0.1:${await listening(server)}`;
    // Editors that ask nobody before they fetch are the ones that matter.
    await json().update(
      "schemaDownload.trustedDomains",
      { [`${address}/`]: true },
      vscode.ConfigurationTarget.Global,
    );
  });
  afterEach(async () => {
    server.close();
    const { Global } = vscode.ConfigurationTarget;
    await json().update("schemaDownload.trustedDomains", undefined, Global);
  });

  it("makes the editor fetch nothing, where the same text in a file does", async () => {
    const before = '{\n  "name": "a",\n  "size": 1\n}\n';
    const uri = session.write("data.json", before);
    const id = await session.proposal(
      uri,
      '  "name": "a",',
      `  "$schema": "${address}/proposed?key=secret",\n  "name": "a",`,
    );
    const review = session.review(id);
    await until("its language is set", () => review.languageId === "thinkaloud-json");
    await delay(patienceMs);
    assert.deepEqual([...asked], []);

    // The same in a file is fetched: the test would see it.
    const open = session.write("open.json", `{\n  "$schema": "${address}/open"\n}\n`);
    await session.show(open);
    await until("the file's schema is fetched", () => asked.has("/open"));
    assert.deepEqual([...asked], ["/open"]);
  });

  it("fetches nothing for a new file either, whatever the person calls it", async () => {
    await withSettings("files", { associations: { "*.odd": "json" } }, async () => {
      const uri = session.write("target.py", "def a():\n    return 1\n");
      for (const name of ["new.json", "new.odd"]) {
        const text = `{\n  "$schema": "${address}/${name}"\n}`;
        const edit = editAnswer("    return 1", "    return 2").answer;
        session.answer = {
          answer: `${edit}\n${name}\n<<<<<<< SEARCH\n=======\n${text}\n>>>>>>> REPLACE\n`,
        };
        await session.show(uri);
        const over = session.nextEnd();
        await session.parts.session.start("ask", undefined, `Write ${name}.`);
        await over;
        await until("the new file is shown", () =>
          vscode.window.visibleTextEditors.some(({ document }) =>
            document.uri.path.endsWith(`${name}.proposal`),
          ),
        );
      }
      await delay(patienceMs);
      assert.deepEqual([...asked], []);
    });
  });
});

describe("a proposal for a guarded place", () => {
  inSession();

  it("changes nothing by accepting alone", async () => {
    const before = '{\n  "editor.tabSize": 4\n}\n';
    const uri = session.write(".vscode/settings.json", before);
    const id = await session.proposal(
      uri,
      '  "editor.tabSize": 4',
      '  "chat.tools.autoApprove": true',
    );
    // Nobody is there to say yes in the window that asks.
    void session.parts.review.accept(id).catch(() => {});
    await delay(2_000);
    assert.equal(session.bytes(".vscode/settings.json").toString(), before);
    assert.equal(await session.text(uri), before);
    assert.deepEqual(session.undecided(), [id]);
  });

  describe("is asked about by the window", () => {
    const shown: { title: string; detail: string; answers: readonly string[] }[] = [];
    const { showWarningMessage } = vscode.window;
    let yes = false;
    // Under tests the workbench shows no dialogs: what would be shown is taken here, and answered.
    beforeEach(() => {
      shown.length = 0;
      const answer = async (
        title: string,
        { detail = "" }: vscode.MessageOptions,
        ...answers: readonly string[]
      ) => {
        shown.push({ title, detail, answers });
        return yes ? answers[0] : undefined;
      };
      Object.assign(vscode.window, { showWarningMessage: answer });
    });
    afterEach(() => void Object.assign(vscode.window, { showWarningMessage }));

    const before = '{\n  "editor.tabSize": 4\n}\n';
    const proposed = async () =>
      await session.proposal(
        session.write(".vscode/settings.json", before),
        '  "editor.tabSize": 4',
        '  "chat.tools.autoApprove": true',
      );

    it("by its name and with the reason, and waits after anything but a yes", async () => {
      const id = await proposed();
      yes = false;
      await session.parts.review.accept(id);
      assert.equal(shown.length, 1);
      assert.match(shown[0]?.title ?? "", /^Change \.vscode\/settings\.json\?/);
      assert.match(shown[0]?.detail ?? "", /settings\.json/);
      assert.deepEqual(shown[0]?.answers, ["Change .vscode/settings.json"]);
      assert.equal(session.bytes(".vscode/settings.json").toString(), before);
      // The one that nobody answered, in the test before, may still wait as well.
      assert.ok(session.undecided().includes(id));
    });

    it("and lands after a yes, with one undo", async () => {
      const id = await proposed();
      yes = true;
      await session.parts.review.accept(id);
      assert.equal(shown.length, 1);
      assert.deepEqual(session.states(id), ["accepted"]);
      const document = await vscode.workspace.openTextDocument(
        session.path(".vscode/settings.json"),
      );
      assert.match(document.getText(), /autoApprove/);
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand("undo");
      assert.equal(document.getText(), before);
    });
  });
});
