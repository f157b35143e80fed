import { b } from "./sub/b.js";
export const a = b;
