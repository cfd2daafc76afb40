/** What an order would come to, before it is given. */
import { backend } from "../backend";
import type { Order, Preview } from "../wire";

/** An order that gives a name to something. */
export type NamingOrder = Extract<Order, { what: "createSubaccount" | "renameSubaccount" | "createKey" }>;

/** What this order would make or change. */
export async function previewOf(order: NamingOrder): Promise<Preview> {
  const [preview] = await backend.check([order]);
  if (preview === null || preview === undefined) throw new Error("an order that names something has a preview");
  return preview;
}
