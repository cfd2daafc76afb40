/** Everything that the window says in English: a table of contents. */
import { actions } from "./actions";
import { activity } from "./activity";
import { attention } from "./attention";
import { backup } from "./backup";
import { checkComputer } from "./checkComputer";
import { checked } from "./checked";
import { connection } from "./connection";
import { creation } from "./creation";
import { detail } from "./detail";

import { exporting } from "./exporting";
import { failures } from "./failures";
import { handOver } from "./handOver";
import { keys } from "./keys";
import { lists } from "./lists";
import { lock } from "./lock";
import { lockSettings } from "./lockSettings";
import { measures } from "./measures";
import { naming } from "./naming";
import { passphrase } from "./passphrase";
import { restore } from "./restore";
import { settings } from "./settings";
import { start } from "./start";
import { unfinished } from "./unfinished";
import { welcome } from "./welcome";

export const en = {
  ...start,
  actions,
  activity,
  attention,
  backup,
  checkComputer,
  checked,
  connection,
  creation,
  detail,
  measures,
  exporting,
  failures,
  handOver,
  keys,
  lists,
  lock,
  lockSettings,
  naming,
  passphrase,
  restore,
  settings,
  unfinished,
  welcome,
};
