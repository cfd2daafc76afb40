/** What can be done with a key from its row, or from its card. */
import { asFailure } from "../failures/failure";
import { canHandOver } from "../list/credentials";
import { canChange, canProve } from "../list/keyAbility";
import { whyNotReplaced } from "../list/replaceAbility";
import type { RowAction } from "../list/rowAction";
import type { ListedKey } from "../wire";
import { words } from "../words";
import { app } from "./app.svelte";
import { clipboard } from "./clipboard.svelte";
import { creation } from "./creation.svelte";
import { dialogs, type KeyToReplace } from "./dialogs.svelte";
import { notices } from "./notices.svelte";
import { operations } from "./operations.svelte";
import { replacements } from "./replacements.svelte";
import { sayFailure } from "./sayFailure";
import { noChangeNow } from "./subaccountActions";
import { unfinished } from "./unfinished.svelte";

/** All that can be done from its row; the danger last. One that is unfinished is finished before anything else. */
export function actionsOf(listed: ListedKey): RowAction[] {
  const { key } = listed;
  if (key.state === "unfinished") return [finishing(listed)];
  const handOver: RowAction = {
    label: words().buttons.handOver,
    reason: null,
    run: () => dialogs.open({ kind: "handOver", keySid: key.sid, steps: [] }),
  };
  const copy: RowAction = { label: words().keyActions.copySid, reason: null, run: () => void copyKeySid(key.sid) };
  return [
    ...proving(listed),
    ...adopting(listed),
    ...replacing(listed),
    ...renaming(listed),
    ...(canHandOver(key) ? [handOver] : []),
    copy,
    ...revoking(listed),
  ];
}

/** What its card has no button for. */
export function cardActionsOf(listed: ListedKey): RowAction[] {
  const { key, accountName } = listed;
  const save: RowAction = {
    label: words().keys.saveToFile,
    reason: null,
    run: () => dialogs.open({ kind: "exportKey", keySid: key.sid, accountName }),
  };
  return [...replacing(listed), ...renaming(listed), ...(canHandOver(key) ? [save] : []), ...revoking(listed)];
}

/** Its secret is elsewhere: who has it gives it on a page of its own. */
export function adopt(): void {
  app.go("adoptKeys");
}

/** Why a key that can be proved cannot be now; null where it can. */
export function noProofNow(listed: ListedKey): string | null {
  return canProve(listed) ? noChangeNow() : words().keyActions.notWhileNotActive;
}

function proving(listed: ListedKey): RowAction[] {
  if (!canHandOver(listed.key)) return [];
  return [{ label: words().keys.prove, reason: noProofNow(listed), run: () => void prove(listed) }];
}

function adopting({ key }: ListedKey): RowAction[] {
  return key.state === "notSaved" ? [{ label: words().adopting.haveSecret, reason: null, run: adopt }] : [];
}

/** Why a key is not replaced; null where it can be. */
export function whyNoReplacing(listed: ListedKey): ReturnType<typeof whyNotReplaced> {
  return whyNotReplaced(listed, replacements.stepOfOldKey(listed.key.sid) !== null);
}

/** What the dialog is to know; the new key is named like the old one unless another name is typed. */
export function keyToReplace({ accountSid, accountName, key: { sid: keySid, name } }: ListedKey): KeyToReplace {
  return { accountSid, accountName, keySid, name };
}

function replacing(listed: ListedKey): RowAction[] {
  if (!canChange(listed)) return [];
  const why = whyNoReplacing(listed);
  const reason = why === null ? noChangeNow() : words().replacing.whyNot[why];
  return [{ label: words().replacing.replace, reason, run: () => dialogs.open({ kind: "replaceKeys", keys: [keyToReplace(listed)] }) }];
}

function renaming(listed: ListedKey): RowAction[] {
  if (!canChange(listed)) return [];
  return [{ label: words().detail.rename, reason: noChangeNow(), run: () => dialogs.open({ kind: "renameKeys", keys: [listed] }) }];
}

function revoking(listed: ListedKey): RowAction[] {
  if (!canChange(listed)) return [];
  return [
    {
      label: words().keyActions.revoke,
      reason: noChangeNow(),
      danger: true,
      run: () => dialogs.open({ kind: "revokeKeys", keys: [listed] }),
    },
  ];
}

function finishing({ key, accountName }: ListedKey): RowAction {
  const thing = unfinished.all.find(({ keySid }) => keySid === key.sid);
  const isOpen = thing !== undefined && thing.canFinish && !thing.running;
  return {
    label: words().keyActions.finish,
    reason: isOpen ? noChangeNow() : words().keyActions.notToFinish,
    run: () => thing !== undefined && creation.finish(thing.id, accountName),
  };
}

/** Proves it; there is nothing beside it that could say what came of that. */
async function prove(listed: ListedKey): Promise<void> {
  const { sid: keySid, name } = listed.key;
  try {
    const outcome = await operations.carryOut({ what: "proveKey", keySid });
    if (outcome.is === "failed") throw outcome.failure;
    if (outcome.is === "done") notices.show(words().keyActions.proved, { name });
  } catch (problem) {
    sayFailure(asFailure(problem), () => void prove(listed));
  }
}

async function copyKeySid(keySid: string): Promise<void> {
  const copying = await clipboard.copyValue(keySid, "keySid");
  if (copying === "overtaken") return;
  if (copying === "copied") notices.show(words().keyActions.sidCopied);
  else sayFailure(copying, () => void copyKeySid(keySid));
}
