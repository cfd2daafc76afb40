import { listsOf } from "../lists";

/** British, for its lists have no comma before the last "and". */
export const lists = listsOf("en-GB");
