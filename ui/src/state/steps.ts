/** The steps of what takes long and is shown step by step. */
import type { StepName, StepState } from "../wire";

/** The steps of making a subaccount and a key. */
export type CreationStep = Extract<StepName, "check" | "createSubaccount" | "createKey" | "seal" | "saveInKeychain" | "nameKey" | "prove">;

/** The steps of a backup. */
export type BackupStep = Extract<StepName, "gather" | "encrypt" | "write" | "compare">;

/** A step of a creation, as it is shown. */
export type Step = { name: CreationStep; state: StepState | "ahead" };
