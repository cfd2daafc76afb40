/** Keys that were made elsewhere, near enough for trying the screens: a SID, and beside it 32 letters and digits. */
import type { AdoptableKey, AdoptedKey, Backend } from "../wire";
import { beginOperation } from "./operations";
import { answer, changed, note, options, wait, world } from "./world";

const pairs = /(SK[0-9a-f]{32})|\b([A-Za-z0-9]{32})\b/g;

let found: AdoptableKey[] = [];

function find(text: string): AdoptableKey[] {
  const words = [...text.matchAll(pairs)];
  found = words.flatMap(([, sid], place) => {
    if (sid === undefined) return [];
    const hasSecret = [words[place - 1], words[place + 1]].some((word) => word?.[2] !== undefined);
    const owner = world.subaccounts.find(({ keys }) => keys.some((key) => key.sid === sid));
    const key = owner?.keys.find((one) => one.sid === sid);
    const saved = key !== undefined && key.state !== "notSaved";
    return {
      keySid: sid,
      keyName: key?.name ?? "",
      accountSid: owner?.sid ?? null,
      accountName: owner?.name ?? null,
      fits: saved ? "savedAlready" : !hasSecret ? "noSecret" : owner === undefined ? "unknownSubaccount" : "ready",
    };
  });
  return structuredClone(found);
}

async function adopt({ keySid, accountSid, accountName }: AdoptableKey): Promise<AdoptedKey> {
  await wait(options.stepDelay);
  const subaccount = world.subaccounts.find(({ sid }) => sid === accountSid);
  const key = subaccount?.keys.find((one) => one.sid === keySid);
  const adopted = { keySid, accountSid: accountSid ?? "", accountName: accountName ?? "" };
  if (subaccount === undefined || key === undefined) return { ...adopted, outcome: { is: "doesNotFit" } };
  Object.assign(key, { state: "saved", provedAt: new Date().toISOString() });
  note(subaccount, "keyAdopted", keySid);
  changed(subaccount);
  return { ...adopted, outcome: { is: "adopted" } };
}

export const adopting: Pick<Backend, "findKeysInText" | "findKeysInFile" | "adoptKeys" | "forgetFoundKeys"> = {
  async findKeysInText(text) {
    await answer("findKeysInText");
    return find(text);
  },
  async findKeysInFile() {
    await answer("findKeysInFile");
    const open = world.subaccounts.flatMap(({ keys }) => keys.filter((key) => key.state === "notSaved"));
    return { file: "config.json", keys: find(open.map(({ sid }) => `${sid} ${"Invented".repeat(4)}`).join("\n")) };
  },
  async adoptKeys() {
    await answer("adoptKeys");
    const ready = found.filter(({ fits }) => fits === "ready");
    found = [];
    return beginOperation("adoptKeys", {}, async (run) => {
      const keys: AdoptedKey[] = [];
      for (const one of ready) {
        run.step("adoptKeys", "running", { done: keys.length, total: ready.length });
        keys.push(run.stopped ? { ...(await adopt({ ...one, accountSid: null })), outcome: { is: "notTried" } } : await adopt(one));
      }
      run.step("adoptKeys", "done", { done: keys.length, total: ready.length });
      return { what: "adopted", keys };
    }).id;
  },
  async forgetFoundKeys() {
    found = [];
  },
};
