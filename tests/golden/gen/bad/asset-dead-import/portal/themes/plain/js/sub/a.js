import { b } from "./b.js";
import "../gone.js";
export { c } from '../../js/also-gone.js';
import x from "../../../outside.js";
const later = () => import("./later.js");
