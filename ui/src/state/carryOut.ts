/** Carrying out one order, which is awaited, or several, which go on by themselves as a batch. */
import { failure } from "../failures/failure";
import type { Order } from "../wire";
import { batches } from "./batches.svelte";
import { operations } from "./operations.svelte";

/** Resolves once the only one is done, or several were begun. Rejects with what it failed with, or why they could not be begun. */
export async function carryOut(orders: readonly Order[]): Promise<void> {
  const [only] = orders;
  if (only === undefined || orders.length > 1) return batches.carryOut(orders);
  const outcome = await operations.carryOut(only);
  if (outcome.is === "failed") throw outcome.failure;
  if (outcome.is === "stopped") throw failure("stopped");
}
