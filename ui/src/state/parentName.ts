/** The name of the connected main account, as it stands in a sentence. */
import { isolated } from "../names";
import { words } from "../words";
import { app } from "./app.svelte";

export function parentName(): string {
  return app.connection === null ? words().suspending.yourAccount : isolated(app.connection.name);
}
