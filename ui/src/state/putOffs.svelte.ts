/** What its user put off until a day, also where that day has come. `puttingOff` changes it. */
import type { PutOff } from "../wire";
import { openAccount } from "./account";

class PutOffs {
  all = $state.raw<PutOff[]>([]);

  constructor() {
    openAccount.forgets(this);
  }

  reset(): void {
    this.all = [];
  }
}

export const putOffs = new PutOffs();
