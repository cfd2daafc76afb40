/** What was put off. */
import type { Backend, PutOff } from "../wire";
import { answer, now, options } from "./world";

let all: PutOff[] = options.putOff.map((given) => {
  const [task = "", days = "0", reason = ""] = given.split("~");
  return { task, until: new Date(new Date(now).setHours(24 * Number(days), 0, 0, 0)).toISOString(), reason };
});

export const putOffs = (): PutOff[] => structuredClone(all);

export const attention: Pick<Backend, "putOff" | "takeUp"> = {
  async putOff(task, until, reason) {
    await answer("putOff");
    all = [...all.filter((one) => one.task !== task), { task, until, reason: reason.trim() }];
    return putOffs();
  },
  async takeUp(task) {
    await answer("takeUp");
    all = all.filter((one) => one.task !== task);
    return putOffs();
  },
};
