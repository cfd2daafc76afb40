import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { failure } from "../failures";
import { makeSubaccounts, hostileNames } from "../fake/data";
import { Entry } from "../list/entries";
import { Selection } from "../list/selection.svelte";
import { queryOf } from "../list/search";
import type { KeyRow, SubaccountRow } from "../wire";
import FailureNotice from "./FailureNotice.svelte";
import KeyCard from "./KeyCard.svelte";
import Name from "./Name.svelte";
import Steps from "./Steps.svelte";
import SubaccountGrid from "./SubaccountGrid.svelte";

describe("a failure on the screen", () => {
  it("says what happened, whether anything was changed, and what to do", () => {
    render(FailureNotice, { failure: failure("timedOut"), actions: { tryAgain: () => {} } });
    const notice = screen.getByRole("alert");
    expect(notice).toHaveProperty("textContent", expect.stringContaining("Twilio took too long to answer"));
    expect(notice.textContent).toContain("Nothing was changed at Twilio.");
    expect(notice.textContent).toContain("Try again in a moment.");
  });

  it("has a button only for what can be done from here", async () => {
    const tryAgain = vi.fn();
    render(FailureNotice, { failure: failure("timedOut"), actions: { tryAgain } });
    expect(screen.getAllByRole("button")).toHaveLength(1);
    await fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(tryAgain).toHaveBeenCalledOnce();
  });

  it("leaves a button out that would do nothing", () => {
    render(FailureNotice, { failure: failure("timedOut") });
    expect(screen.queryAllByRole("button")).toHaveLength(0);
  });

  it("keeps Twilio's code and request id one click away, and out of the sentence", () => {
    render(FailureNotice, { failure: failure("refused", { code: 20003, requestId: "RQ7", technical: "it said no" }) });
    const details = screen.getByRole("group");
    expect(details).toHaveProperty("open", false);
    for (const text of ["Twilio code 20003", "Request RQ7", "it said no"]) expect(details.textContent).toContain(text);
  });
});

describe("a key without a secret here", () => {
  const key: KeyRow = {
    sid: "SK1",
    name: "Acme - DicksonOne",
    region: "us1",
    keyType: "standard",
    createdAt: null,
    state: "notSaved",
    provedAt: null,
    proofDue: false,
    refusedAt: null,
    handedOver: null,
    postponedAt: null,
  };
  const row = (details: Partial<SubaccountRow>): SubaccountRow => ({
    sid: "AC1",
    name: "Acme",
    status: "active",
    keySids: ["SK1"],
    saved: 0,
    unsaved: 1,
    removed: 0,
    notHandedOver: 0,
    customerNumber: "",
    oldestKeyAt: null,
    tags: [],
    unfinished: 0,
    spend: null,
    spendAsOf: null,
    notReadable: null,
    gone: false,
    ...details,
  });

  it.each([
    [{ status: "suspended" as const }, "Not while the subaccount is suspended."],
    [{ status: "closed" as const }, "A closed subaccount gets no new keys."],
    [{ gone: true }, "Twilio no longer lists this subaccount."],
  ])("is not offered another one where %j, and it is said why", (details, reason) => {
    render(KeyCard, { key, row: row(details), sought: null });
    const make = screen.getByRole<HTMLButtonElement>("button", { name: "New API key…" });
    expect(make.disabled).toBe(true);
    expect(document.getElementById(make.getAttribute("aria-describedby") ?? "")?.textContent).toBe(reason);
  });
});

describe("a saved key", () => {
  const key: KeyRow = {
    sid: "SK1",
    name: "Acme - DicksonOne",
    region: "us1",
    keyType: "standard",
    createdAt: null,
    state: "saved",
    provedAt: null,
    proofDue: false,
    refusedAt: null,
    handedOver: null,
    postponedAt: null,
  };
  const row: SubaccountRow = {
    sid: "AC1",
    name: "Acme",
    status: "active",
    keySids: ["SK1"],
    saved: 1,
    unsaved: 0,
    removed: 0,
    notHandedOver: 0,
    customerNumber: "",
    oldestKeyAt: null,
    tags: [],
    unfinished: 0,
    spend: null,
    spendAsOf: null,
    gone: false,
    notReadable: null,
  };
  const before = "2026-08-01T10:00:00Z";

  it.each([
    ["works where it was proved here", { provedAt: before }, /Works, proved/, "Saved here"],
    [
      "has the backup’s word alone until it was proved here",
      { provedAt: before, proofDue: true },
      /as the backup says\. Not proved here yet/,
      "Saved here",
    ],
    ["is not said to work once Twilio has refused it", { refusedAt: before }, /Twilio refused this key/, "Refused by Twilio"],
  ])("%s", (_, details, words, label) => {
    const { container } = render(KeyCard, { key: { ...key, ...details }, row, sought: null });
    expect(container.textContent).toMatch(words);
    expect(container.textContent).toContain(label);
    if (!/^Works/.test(words.source)) expect(container.textContent).not.toMatch(/Works, proved/);
  });
});

describe("a name on the screen", () => {
  it.each(hostileNames)("is text and nothing else: %j", (name) => {
    const { container } = render(Name, { of: name });
    const isolated = container.querySelector("bdi");
    expect(container.querySelectorAll("*")).toHaveLength(1);
    expect(isolated?.getAttribute("dir")).toBe("auto");
    expect(isolated?.textContent).not.toMatch(/[\u0000-\u001f\u200b\u202a-\u202e]/);
    expect(isolated?.textContent?.trim()).not.toBe("");
  });
});

describe("the steps", () => {
  it("tell their state to those who do not see the signs", () => {
    render(Steps, {
      steps: [
        { name: "check", state: "done" },
        { name: "createKey", state: "failed" },
        { name: "prove", state: "ahead" },
      ],
    });
    const items = screen.getAllByRole("listitem").map((item) => item.textContent?.trim());
    expect(items).toEqual(["Everything is ready, done", "Creating the API key, did not work", "Proving the key, not yet"]);
  });
});

describe("the list of subaccounts", () => {
  const entries = makeSubaccounts(1000, Date.parse("2026-11-23"), { hostile: false, troubles: false }).map((one) => {
    const row: SubaccountRow = {
      sid: one.sid,
      name: one.name,
      status: one.status,
      keySids: one.keys.map((key) => key.sid),
      saved: one.keys.length,
      unsaved: 0,
      removed: 0,
      notHandedOver: 0,
      customerNumber: "",
      oldestKeyAt: null,
      tags: [],
      unfinished: 0,
      spend: null,
      spendAsOf: null,
      notReadable: null,
      gone: false,
    };
    return new Entry(row);
  });
  const props = () => ({
    entries,
    query: queryOf(""),
    sort: { column: "name" as const, descending: false },
    active: null as string | null,
    opened: null,
    onsort: vi.fn(),
    onactive: vi.fn(),
    onopen: vi.fn(),
    selection: new Selection(),
  });

  it("says how many rows there are, and draws only those near the view", () => {
    render(SubaccountGrid, props());
    const grid = screen.getByRole("grid");
    expect(grid.getAttribute("aria-rowcount")).toBe("1001");
    const rows = within(grid).getAllByRole("row");
    expect(rows.length).toBeLessThan(40);
    expect(rows[1]?.getAttribute("aria-rowindex")).toBe("2");
  });

  it("keeps its row elements when the search changes what they show", async () => {
    const { rerender } = render(SubaccountGrid, props());
    const before = screen.getAllByRole("row");
    await rerender({ entries: entries.slice(500), query: queryOf("a") });
    const after = screen.getAllByRole("row");
    expect(after.slice(1, 8)).toEqual(before.slice(1, 8));
    expect(after[1]?.textContent).toContain(entries[500]?.row.name);
  });

  it("keeps its row elements, unseen and as they were, while nothing is found", async () => {
    const { rerender } = render(SubaccountGrid, props());
    const before = screen.getAllByRole("row");
    await rerender({ entries: [], query: queryOf("nobody") });
    expect(screen.queryByRole("grid")).toBeNull();
    await rerender({ entries, query: queryOf("") });
    expect(screen.getAllByRole("row")).toEqual(before);
    expect(before[1]?.textContent).toContain(entries[0]?.row.name);
  });

  it("says which column it is sorted by", () => {
    render(SubaccountGrid, { ...props(), sort: { column: "spend", descending: true } });
    expect(screen.getByRole("columnheader", { name: "This month" }).getAttribute("aria-sort")).toBe("descending");
    expect(screen.getByRole("columnheader", { name: "Name" }).getAttribute("aria-sort")).toBe("none");
  });

  it("moves by keys and opens with Enter", async () => {
    const given = props();
    const { rerender } = render(SubaccountGrid, given);
    const grid = screen.getByRole("grid");
    await fireEvent.keyDown(grid, { key: "ArrowDown" });
    expect(given.onactive).toHaveBeenLastCalledWith(entries[0]?.row.sid);
    await rerender({ active: entries[0]?.row.sid ?? null });
    await fireEvent.keyDown(grid, { key: "End" });
    expect(given.onactive).toHaveBeenLastCalledWith(entries[999]?.row.sid);
    await fireEvent.keyDown(grid, { key: "Enter" });
    expect(given.onopen).toHaveBeenLastCalledWith(entries[0]?.row.sid, null);
  });

  it("points out the key that a searched SID belongs to", async () => {
    const sought = entries[3]?.row.keySids[0] ?? "";
    const given = { ...props(), entries: entries.slice(3, 4), query: queryOf(sought) };
    render(SubaccountGrid, given);
    expect(screen.getAllByRole("row")[1]?.textContent).toContain("API key SK0000…");
    await fireEvent.click(screen.getAllByRole("row")[1] as HTMLElement);
    expect(given.onopen).toHaveBeenLastCalledWith(entries[3]?.row.sid, sought);
  });
});
