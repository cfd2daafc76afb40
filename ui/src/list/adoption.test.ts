import { describe as suite, expect, it } from "vitest";
import { failure } from "../failures/failure";
import type { Adoptability, AdoptableKey, AdoptedKey, AdoptionOutcome } from "../wire";
import { firstOrder, sorted } from "./adoptionColumns";
import { adoptedCount, leftOver } from "./adopted";
import { adoptedRows, foundRows, readyCount } from "./adoptionRows";

const found = (keySid: string, fits: Adoptability, keyName = ""): AdoptableKey => ({
  keySid,
  keyName,
  accountSid: null,
  accountName: null,
  fits,
});
const tried = (keySid: string, outcome: AdoptionOutcome): AdoptedKey => ({ keySid, accountSid: "AC01", accountName: "Acme", outcome });

suite("keys that were found", () => {
  it("are listed with what needs somebody first, and else as they stood", () => {
    const rows = foundRows([
      found("SK1", "savedAlready"),
      found("SK2", "ready"),
      found("SK3", "ready"),
      found("SK4", "unknownSubaccount"),
      found("SK5", "noSecret"),
    ]);
    expect(sorted(rows, firstOrder).map(({ keySid }) => keySid)).toEqual(["SK5", "SK4", "SK2", "SK3", "SK1"]);
  });

  it("are each a row, and one key however many secrets are beside it", () => {
    const twice = [found("SK1", "ready"), found("SK1", "ready"), found("SK2", "noSecret")];
    expect(new Set(foundRows(twice).map(({ id }) => id)).size).toBe(3);
    expect(readyCount(twice)).toBe(1);
  });

  it("are named by their SID where no name is known", () => {
    expect(foundRows([found("SK1", "ready", "n8n"), found("SK2", "ready")]).map(({ shownName }) => shownName)).toEqual(["n8n", "SK2"]);
  });
});

suite("keys that were tried", () => {
  it("say what became of each, and what is to be done where it was not adopted", () => {
    const outcomes: AdoptionOutcome[] = [
      { is: "adopted" },
      { is: "sealedOnly" },
      { is: "savedAlready" },
      { is: "doesNotFit" },
      { is: "notTried" },
      { is: "failed", failure: failure("offline") },
    ];
    const rows = adoptedRows(
      outcomes.map((outcome, place) => tried(`SK${place}`, outcome)),
      () => "",
      "GNOME Keyring",
    );
    expect(rows.every(({ said, next }) => said !== "" && next !== "")).toBe(true);
    expect(sorted(rows, firstOrder)[0]?.tone).toBe("bad");
  });

  it("are not left over where another of their secrets worked", () => {
    const all = [tried("SK1", { is: "doesNotFit" }), tried("SK1", { is: "adopted" }), tried("SK2", { is: "notTried" })];
    expect([adoptedCount(all), leftOver(all)]).toEqual([1, ["SK2"]]);
  });
});
