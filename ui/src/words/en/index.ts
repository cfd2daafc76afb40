/** Everything that the window says in English: a table of contents. */
import { actions } from "./actions";
import { adopting } from "./adopting";
import { activity } from "./activity";
import { attention } from "./attention";
import { backup } from "./backup";
import { checkComputer } from "./checkComputer";
import { checked } from "./checked";
import { closing } from "./closing";
import { connection } from "./connection";
import { creation } from "./creation";
import { detail } from "./detail";

import { exporting } from "./exporting";
import { failures } from "./failures";
import { handOver } from "./handOver";
import { keyActions } from "./keyActions";
import { keyList } from "./keyList";
import { keys } from "./keys";
import { lists } from "./lists";
import { lock } from "./lock";
import { lockSettings } from "./lockSettings";
import { measures } from "./measures";
import { naming } from "./naming";
import { notes } from "./notes";
import { numbers } from "./numbers";
import { passphrase } from "./passphrase";
import { replacing } from "./replacing";
import { restore } from "./restore";
import { selection } from "./selection";
import { settings } from "./settings";
import { start } from "./start";
import { suspending } from "./suspending";
import { unfinished } from "./unfinished";
import { welcome } from "./welcome";
import { work } from "./work";

export const en = {
  ...start,
  actions,
  activity,
  adopting,
  attention,
  backup,
  checkComputer,
  checked,
  closing,
  connection,
  creation,
  detail,
  measures,
  exporting,
  failures,
  handOver,
  keyActions,
  keyList,
  keys,
  lists,
  lock,
  lockSettings,
  naming,
  notes,
  numbers,
  passphrase,
  replacing,
  restore,
  selection,
  settings,
  suspending,
  unfinished,
  welcome,
  work,
};
