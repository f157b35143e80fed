import { b } from "./sub/b.js";
/** @type {import("./sub/c.js").C} */
export const a = b;
