import assert from "node:assert/strict";
import * as vscode from "vscode";
import { chatParticipant } from "../../src/editor/native-chat/chat-participant";
import { variedText } from "../support/varied-text";
import { editAnswer, inSession, session, until } from "./session";

/** What a participant says in the chat, as far as it is told here. */
class Said {
  text = "";
  readonly progress: string[] = [];
  readonly buttons: string[] = [];

  get stream(): vscode.ChatResponseStream {
    const stream = {
      markdown: (text: string) => {
        this.text += text;
      },
      progress: (text: string) => void this.progress.push(text),
      button: ({ command }: vscode.Command) => void this.buttons.push(command),
    };
    return stream as unknown as vscode.ChatResponseStream;
  }
}

describe("the editor's own chat", () => {
  inSession();
  beforeEach(() => session.parts.connector.look(new AbortController().signal));

  const never = () => new vscode.CancellationTokenSource().token;

  async function ask(command: string | undefined, prompt = "", token = never()) {
    const handler = chatParticipant(session.parts.session, session.parts.history);
    const said = new Said();
    const request = { command, prompt } as unknown as vscode.ChatRequest;
    const context = { history: [] } as unknown as vscode.ChatContext;
    return { result: await handler(request, context, said.stream, token), said };
  }

  async function model(): Promise<vscode.LanguageModelChat> {
    const [found] = await vscode.lm.selectChatModels({ vendor: "thinkaloud" });
    assert.ok(found, "our model is offered");
    return found;
  }

  it("is offered the model that answers, and streams its answer without its thought as text", async () => {
    session.answer = { thinking: "Two and two.", answer: "It is four." };
    const found = await model();
    assert.equal(found.id, "deepseek-r1:1.5b");
    const messages = [vscode.LanguageModelChatMessage.User("What is two and two?")];
    const { stream } = await found.sendRequest(messages, {}, never());
    let text = "";
    for await (const part of stream)
      if (part instanceof vscode.LanguageModelTextPart) text += part.value;
    assert.equal(text, "It is four.");
    const sent = session.daemon.chats().at(-1)?.body.messages;
    assert.deepEqual(sent?.at(-1), { role: "user", content: "What is two and two?" });
    assert.ok((await found.countTokens("one two three")) > 0);
  });

  it("stops the model when its request is cancelled", async () => {
    session.answer = { answer: variedText(20_000), delayMsPerChunk: 5 };
    const stop = new vscode.CancellationTokenSource();
    const messages = [vscode.LanguageModelChatMessage.User("Go on for ever.")];
    const { stream } = await (await model()).sendRequest(messages, {}, stop.token);
    const reading = (async () => {
      for await (const _part of stream) stop.cancel();
    })().catch(() => {});
    assert.equal(await session.daemon.chats().at(-1)?.over, "clientLeft");
    await reading;
  });

  it("/explain answers there, by a run like any other", async () => {
    session.answer = { thinking: "Simple.", answer: "It adds two numbers." };
    await session.show(session.write("chat.py", "def add(a, b):\n    return a + b\n"));
    const { result, said } = await ask("explain");
    assert.deepEqual(result, {});
    assert.equal(said.text, "It adds two numbers.");
    assert.ok(said.progress.length > 0);
    const run = session.parts.history.states.at(-1);
    assert.equal(run?.action, "explain");
  });

  it("/fix ends in the review that every change ends in", async () => {
    session.answer = { answer: "```python\ndef add(a, b):\n    return a + b\n```\n" };
    await session.show(session.write("chat-fix.py", "def add(a, b):\n    return a - b\n"));
    const { result, said } = await ask("fix", "It has to add.");
    assert.deepEqual(result, {});
    assert.deepEqual([...new Set(said.buttons)], ["thinkaloud.openDiff"]);
    await until("the change waits to be reviewed", () => session.undecided().length > 0);
    const run = session.parts.history.states.at(-1);
    assert.equal(run?.question, "It has to add.");
  });

  it("says there why nothing is proposed, and where an edit without a place waits", async () => {
    const uri = session.write("chat-lost.py", "def halved(n):\n    return n / 3\n");
    await session.show(uri);
    session.answer = editAnswer("    return multiply(n, carry)", "    return n / 2");
    const asked = await ask(undefined, "Does it halve?");
    assert.match(asked.said.text, /not in|no lines|cannot be found|stand/i);
    assert.deepEqual(asked.said.buttons, ["thinkaloud.showPanel"]);
    session.answer = { answer: "```python\ndef halved(n):\n    return n / 3\n```\n" };
    await session.show(uri);
    const { said } = await ask("fix");
    assert.match(said.text, /\*\*The model gave the code back unchanged\*\*/);
  });

  it("says what is wrong in the chat, and stops the run when its request is cancelled", async () => {
    await session.closeAll();
    const { result } = await ask("fix");
    assert.match(result?.errorDetails?.message ?? "", /\w/);
    session.answer = { answer: variedText(20_000), delayMsPerChunk: 5 };
    await session.show(session.write("chat-stop.py", "def add(a, b):\n    return a + b\n"));
    const stop = new vscode.CancellationTokenSource();
    const asked = ask("explain", "", stop.token);
    await until("the model answers", () => session.daemon.busy() > 0);
    stop.cancel();
    await asked;
    assert.equal(session.parts.session.assistant.current, undefined);
  });
});
