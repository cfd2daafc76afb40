/** What the list does without when the program starts: its script comes in a piece of its own. */
export { default as ChoiceBox } from "./parts/ChoiceBox.svelte";
export { default as ColumnsMenu } from "./parts/ColumnsMenu.svelte";
export { default as Dialogs } from "./parts/Dialogs.svelte";
export { default as FailureNotice } from "./parts/FailureNotice.svelte";
export { default as RunningWork } from "./parts/RunningWork.svelte";
export { default as SubaccountBatchBar } from "./parts/SubaccountBatchBar.svelte";
export { default as SubaccountMenu } from "./parts/SubaccountMenu.svelte";
export { default as Detail } from "./screens/Detail.svelte";
export { default as Framed } from "./screens/Framed.svelte";
export { default as Unframed } from "./screens/Unframed.svelte";
