/** The steps of what is being created, as they are shown. */
import type { StepName, StepState } from "../wire";

export type Step = { name: StepName; state: StepState | "ahead" };
