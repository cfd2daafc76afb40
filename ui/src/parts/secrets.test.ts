import { fireEvent, render } from "@testing-library/svelte";
import { tick } from "svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { failure } from "../failures/failure";

const secretOnScreen = vi.hoisted(() => vi.fn());
vi.mock("../backend", () => ({ backend: { secretOnScreen } }));

const { default: PassphraseBox } = await import("./PassphraseBox.svelte");
const { default: ReadableSecret } = await import("./ReadableSecret.svelte");

const text = "not-a-real-secret";

async function shown(copy?: () => void) {
  const rendered = render(ReadableSecret, { text, label: "API Secret", copy });
  const secret = await rendered.findByRole("img", { name: `API Secret: ${text}` });
  return { ...rendered, secret };
}

describe("a secret that can be read", () => {
  beforeEach(() => secretOnScreen.mockReset().mockResolvedValue(undefined));

  it("is no text of the page, so that no selection, search or dragging can hold it", async () => {
    const { secret } = await shown();
    expect(document.body.textContent).not.toContain(text);
    expect(document.body.innerHTML).toContain(text);
    getSelection()?.selectAllChildren(document.body);
    expect(String(getSelection())).not.toContain(text);
    for (const event of ["dragstart", "contextmenu"])
      expect(await fireEvent(secret, new Event(event, { bubbles: true, cancelable: true })), event).toBe(false);
  });

  it.each([
    ["Ctrl+C", { key: "c", ctrlKey: true }],
    ["Cmd+C", { key: "c", metaKey: true }],
    ["Ctrl+X", { key: "x", ctrlKey: true }],
    ["Ctrl+Insert", { key: "Insert", ctrlKey: true }],
    ["Ctrl+Shift+C", { key: "C", ctrlKey: true, shiftKey: true }],
    ["Ctrl+С on a Cyrillic keyboard", { key: "с", code: "KeyC", ctrlKey: true }],
  ])("is copied as the button does by %s with it in focus, or under the pointer", async (_, keys) => {
    const copy = vi.fn();
    const { secret } = await shown(copy);
    await fireEvent.keyDown(window, keys);
    expect(copy).not.toHaveBeenCalled();
    secret.focus();
    expect(await fireEvent.keyDown(secret, { ...keys, bubbles: true })).toBe(false);
    expect(copy).toHaveBeenCalledTimes(1);
    secret.blur();
    await fireEvent.pointerEnter(secret);
    await fireEvent.keyDown(window, keys);
    expect(copy).toHaveBeenCalledTimes(2);
    await fireEvent.pointerLeave(secret);
    await fireEvent.keyDown(window, keys);
    expect(copy).toHaveBeenCalledTimes(2);
  });

  it("leaves other keys, and what is typed into a box, alone", async () => {
    const copy = vi.fn();
    const { secret } = await shown(copy);
    secret.focus();
    for (const keys of [{ key: "c" }, { key: "v", ctrlKey: true }, { key: "j", code: "KeyC", ctrlKey: true }])
      expect(await fireEvent.keyDown(secret, keys)).toBe(true);
    const box = document.body.appendChild(document.createElement("input"));
    box.focus();
    await fireEvent.pointerEnter(secret);
    expect(await fireEvent.keyDown(box, { key: "c", ctrlKey: true })).toBe(true);
    expect(copy).not.toHaveBeenCalled();
    box.remove();
  });

  it("is copied as the button does by a menu too", async () => {
    const copy = vi.fn();
    const { secret } = await shown(copy);
    secret.focus();
    expect(await fireEvent.copy(secret)).toBe(false);
    expect(copy).toHaveBeenCalledTimes(1);
  });

  it("is seen only once the window is kept out of pictures, which ends with the last one", async () => {
    let allow: () => void = () => {};
    secretOnScreen.mockImplementationOnce(() => new Promise<void>((resolve) => (allow = resolve)));
    const first = render(ReadableSecret, { text, label: "API Secret" });
    await tick();
    expect(document.body.innerHTML).not.toContain(text);
    allow();
    await first.findByRole("img");
    const second = await shown();
    expect(secretOnScreen.mock.calls.every(([is]) => is === true)).toBe(true);
    first.unmount();
    expect(secretOnScreen).not.toHaveBeenCalledWith(false);
    second.unmount();
    expect(secretOnScreen).toHaveBeenLastCalledWith(false);
  });

  it("is shown all the same where the window cannot be kept out of pictures", async () => {
    secretOnScreen.mockImplementationOnce(async () => {
      throw failure("internal");
    });
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    await shown();
    warn.mockRestore();
  });
});

describe("the box for a passphrase", () => {
  beforeEach(() => secretOnScreen.mockReset().mockResolvedValue(undefined));

  it("stays covered while what is typed is shown beside it, until the window is left", async () => {
    const rendered = render(PassphraseBox, { id: "one", label: "Passphrase", value: "lantern orbit" });
    const box = rendered.getByLabelText("Passphrase");
    expect(rendered.queryByRole("img")).toBeNull();
    await fireEvent.click(rendered.getByRole("button", { name: "Show Passphrase" }));
    await rendered.findByRole("img", { name: "Passphrase: lantern orbit" });
    expect(box.getAttribute("type")).toBe("password");
    await fireEvent.input(box, { target: { value: "lantern orbit velvet" } });
    await rendered.findByRole("img", { name: "Passphrase: lantern orbit velvet" });
    await fireEvent(window, new Event("blur"));
    expect(rendered.queryByRole("img")).toBeNull();
    expect(document.body.innerHTML).not.toContain("lantern");
  });
});
