/** The steps of what is being created, as they are shown. */
import type { StepState } from "../wire";
import type { CreationStep } from "../words";

export type Step = { name: CreationStep; state: StepState | "ahead" };
