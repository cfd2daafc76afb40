/** Keys that were made elsewhere, near enough for trying the screens: a SID, and beside it 32 letters and digits, of which “Wrong…” fit no key. */
import { asFailure, failure } from "../failures/failure";
import type { AdoptableKey, AdoptedKey, AdoptionOutcome, Backend } from "../wire";
import { newKeyRow } from "./data";
import { beginOperation } from "./operations";
import { answer, changed, note, options, wait, world } from "./world";

const sids = /(SK[0-9a-f]{32})|(AC[0-9a-f]{32})|\b([A-Za-z0-9]{32})\b/g;

type Pair = { row: AdoptableKey; works: boolean };

/** What was found last and can be tried; null where nothing was looked for, or it was forgotten. */
let pairs: Pair[] | null = null;

type FoundKey = { keySid: string; account: string | null; secret: string | null };

/** A secret belongs to the API SID before it, or where that has one, to the one after it. */
function read(text: string): FoundKey[] {
  const found: FoundKey[] = [];
  let key: string | null = null;
  let account: string | null = null;
  let secret: string | null = null;
  for (const [, keySid, accountSid, word] of text.matchAll(sids)) {
    if (keySid !== undefined && key !== null) found.push({ keySid: key, account, secret: null });
    key = keySid ?? key;
    account = accountSid ?? account;
    secret = word ?? secret;
    if (key === null || secret === null) continue;
    found.push({ keySid: key, account, secret });
    key = secret = null;
  }
  if (key !== null) found.push({ keySid: key, account, secret: null });
  return found;
}

function find(text: string): AdoptableKey[] {
  const rows = read(text).map(({ keySid, account, secret }): Pair => {
    const known = world.subaccounts.find(({ keys }) => keys.some(({ sid }) => sid === keySid));
    const owner = known ?? world.subaccounts.find(({ sid }) => sid === account);
    const key = known?.keys.find(({ sid }) => sid === keySid);
    const isSaved = key !== undefined && key.state !== "notSaved";
    const fits = isSaved ? "savedAlready" : secret === null ? "noSecret" : owner === undefined ? "unknownSubaccount" : "ready";
    const works = secret?.startsWith("Wrong") !== true;
    const accountName = owner?.name ?? null;
    return { row: { keySid, keyName: key?.name ?? "", accountSid: owner?.sid ?? null, accountName, fits }, works };
  });
  pairs = rows.filter(({ row }) => row.fits === "ready");
  return rows.map(({ row }) => row);
}

async function prove({ row: { keySid, accountSid }, works }: Pair): Promise<AdoptionOutcome> {
  try {
    await answer("adoptKey");
  } catch (problem) {
    return { is: "failed", failure: asFailure(problem) };
  }
  const subaccount = world.subaccounts.find(({ sid }) => sid === accountSid);
  if (subaccount === undefined || !works) return { is: "doesNotFit" };
  const known = subaccount.keys.find(({ sid }) => sid === keySid);
  if (known !== undefined && known.state !== "notSaved") return { is: "savedAlready" };
  const key = known ?? newKeyRow(keySid, "made elsewhere");
  if (known === undefined) subaccount.keys.push(key);
  Object.assign(key, { state: "saved", provedAt: new Date().toISOString() });
  note(subaccount, "keyAdopted", keySid);
  changed(subaccount);
  return { is: "adopted" };
}

async function adopt(pair: Pair, isStopped: boolean): Promise<AdoptedKey> {
  if (!isStopped) await wait(options.stepDelay);
  const outcome: AdoptionOutcome = isStopped ? { is: "notTried" } : await prove(pair);
  const { keySid, accountSid, accountName } = pair.row;
  return { keySid, accountSid: accountSid ?? "", accountName: accountName ?? "", outcome };
}

export const adopting: Pick<Backend, "findKeysInText" | "findKeysInFile" | "adoptKeys" | "forgetFoundKeys"> = {
  async findKeysInText(text) {
    await answer("findKeysInText");
    return find(text);
  },
  async findKeysInFile() {
    await answer("findKeysInFile");
    if (options.noFile) return null;
    const open = world.subaccounts.flatMap(({ keys }) => keys.filter(({ state }) => state === "notSaved"));
    return { file: "config.json", keys: find(open.map(({ sid }) => `${sid} ${"Invented".repeat(4)}`).join("\n")) };
  },
  async adoptKeys() {
    await answer("adoptKeys");
    const found = pairs;
    pairs = null;
    return beginOperation("adoptKeys", {}, async (run) => {
      if (found === null) throw failure("unknownHere");
      run.step("check", "running");
      await answer("checkBeforeAdopting");
      run.step("check", "done");
      const keys: AdoptedKey[] = [];
      const total = found.length;
      run.step("adoptKeys", "running", { done: 0, total });
      for (const pair of found) {
        keys.push(await adopt(pair, run.stopped));
        run.step("adoptKeys", keys.length === total ? "done" : "running", { done: keys.length, total });
      }
      return { what: "adopted", keys };
    }).id;
  },
  async forgetFoundKeys() {
    await answer("forgetFoundKeys");
    pairs = null;
  },
};
