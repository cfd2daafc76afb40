/** What the first picture of the window says: a table of contents. */
import { app } from "./app";
import { backupNotice } from "./backupNotice";
import { backupTroubles } from "./backupTroubles";
import { buttons } from "./buttons";
import { clipboard } from "./clipboard";
import { credentials } from "./credentials";
import { list } from "./list";
import { lockNotice } from "./lockNotice";
import { notices } from "./notices";
import { notReadable } from "./notReadable";
import { rail } from "./rail";
import { recordsNotice } from "./recordsNotice";
import { refresh } from "./refresh";
import { statuses } from "./statuses";
import { times } from "./times";

export const start = {
  app,
  backupNotice,
  backupTroubles,
  buttons,
  clipboard,
  credentials,
  list,
  lockNotice,
  notices,
  notReadable,
  rail,
  recordsNotice,
  refresh,
  statuses,
  times,
};
