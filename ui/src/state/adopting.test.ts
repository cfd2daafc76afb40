import { beforeEach, describe as suite, expect, it, vi } from "vitest";
import { failure } from "../failures/failure";
import { late } from "../test-answers";
import { operation } from "../test-operations";
import type { AdoptableKey, Outcome } from "../wire";

const backend = vi.hoisted(() => ({
  findKeysInText: vi.fn(),
  findKeysInFile: vi.fn(),
  adoptKeys: vi.fn(),
  forgetFoundKeys: vi.fn(),
  dismissOperation: vi.fn(),
  on: () => {},
}));
vi.mock("../backend", () => ({ backend }));

const { adopting } = await import("./adopting.svelte");
const { operations } = await import("./operations.svelte");

const key: AdoptableKey = { keySid: "SK01", keyName: "n8n", accountSid: "AC01", accountName: "Acme", fits: "ready" };
const adopted: Outcome = { is: "done", result: { what: "adopted", keys: [] } };

suite("keys that are to be adopted", () => {
  beforeEach(() => {
    for (const call of [backend.findKeysInText, backend.findKeysInFile, backend.adoptKeys]) call.mockReset();
    backend.forgetFoundKeys.mockReset().mockResolvedValue(undefined);
    backend.dismissOperation.mockReset().mockResolvedValue(undefined);
    operations.reset();
    adopting.reset();
  });

  it("are looked for in a text that is kept nowhere", async () => {
    const text = "SK01 InventedInventedInventedInvented";
    backend.findKeysInText.mockResolvedValueOnce([key]);
    await adopting.lookInText(text);
    expect(backend.findKeysInText).toHaveBeenCalledExactlyOnceWith(text);
    expect(adopting.stage).toBe("check");
    expect(JSON.stringify([adopting.found, adopting.failure, adopting.operation])).not.toContain("Invented");
  });

  it("are as they were where no file is chosen, and where it cannot be read that is said", async () => {
    backend.findKeysInFile.mockResolvedValueOnce(null);
    await adopting.lookInFile();
    expect([adopting.stage, adopting.failure, adopting.busy]).toEqual(["look", null, null]);
    backend.findKeysInFile.mockRejectedValueOnce(failure("fileNotReadable"));
    await adopting.lookInFile();
    expect([adopting.stage, adopting.failure?.kind]).toEqual(["look", "fileNotReadable"]);
  });

  it("are forgotten where the page is left, also where they are found after that", async () => {
    backend.findKeysInText.mockResolvedValueOnce([key]);
    await adopting.lookInText("some text");
    adopting.putAway();
    expect(backend.forgetFoundKeys).toHaveBeenCalledTimes(1);
    const file = late<{ file: string; keys: AdoptableKey[] } | null>();
    backend.findKeysInFile.mockReturnValueOnce(file.call);
    const looking = adopting.lookInFile();
    adopting.putAway();
    expect(backend.forgetFoundKeys).toHaveBeenCalledTimes(1);
    file.answer({ file: ".env", keys: [key] });
    await looking;
    expect(adopting.stage).toBe("look");
    expect(backend.forgetFoundKeys).toHaveBeenCalledTimes(2);
  });

  it("are not forgotten while adopting them is being begun", async () => {
    backend.findKeysInText.mockResolvedValueOnce([key]);
    await adopting.lookInText("some text");
    const beginning = late<number>();
    backend.adoptKeys.mockReturnValueOnce(beginning.call);
    const begun = adopting.begin();
    adopting.putAway();
    beginning.answer(1);
    await begun;
    expect(backend.forgetFoundKeys).not.toHaveBeenCalled();
  });

  it("are being adopted from the answer on, whenever the operation is told of", async () => {
    backend.findKeysInText.mockResolvedValue([key]);
    await adopting.lookInText("some text");
    backend.adoptKeys.mockResolvedValueOnce(4);
    await adopting.begin();
    expect([adopting.stage, adopting.operation]).toEqual(["running", null]);
    operations.put([operation(4, "adoptKeys")]);
    expect([adopting.stage, adopting.operation?.id]).toEqual(["running", 4]);
    operations.put([operation(4, "adoptKeys", { outcome: adopted })]);
    expect(adopting.stage).toBe("result");
  });

  it("are found again by a page that was loaded anew, and their result goes once it was looked at", () => {
    operations.put([operation(7, "adoptKeys")]);
    expect(adopting.stage).toBe("running");
    adopting.putAway();
    expect(adopting.stage).toBe("running");
    operations.put([operation(7, "adoptKeys", { outcome: adopted })]);
    expect(adopting.stage).toBe("result");
    adopting.putAway();
    expect(adopting.stage).toBe("look");
    expect(backend.dismissOperation).toHaveBeenCalledExactlyOnceWith(7);
  });

  it("stay as they were found where adopting could not be begun", async () => {
    backend.findKeysInText.mockResolvedValueOnce([key]);
    await adopting.lookInText("some text");
    backend.adoptKeys.mockRejectedValueOnce(failure("internal"));
    await adopting.begin();
    expect([adopting.stage, adopting.failure?.kind, adopting.busy]).toEqual(["check", "internal", null]);
  });
});
