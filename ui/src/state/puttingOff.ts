/** Putting things off until a day, and speaking of them again. */
import { backend } from "../backend";
import type { PutOff } from "../wire";
import { ofThisAccount, type Answer } from "./latest";
import { putOffs } from "./putOffs.svelte";

/** Puts these off until a time in UTC. Null where another account is open by then. */
export function putOff(tasks: readonly string[], until: string, reason: string): Promise<Answer<true> | null> {
  return keepEach(tasks, (task) => backend.putOff(task, until, reason));
}

/** Speaks of these again. Null where another account is open by then. */
export function takeUp(tasks: readonly string[]): Promise<Answer<true> | null> {
  return keepEach(tasks, (task) => backend.takeUp(task));
}

/** One after the other; what was kept before one of them failed is kept, and is shown. */
async function keepEach(tasks: readonly string[], keep: (task: string) => Promise<PutOff[]>): Promise<Answer<true> | null> {
  for (const task of tasks) {
    const answer = await ofThisAccount(() => keep(task));
    if (answer === null || answer.failure !== null) return answer;
    putOffs.all = answer.value;
  }
  return { value: true, failure: null };
}
