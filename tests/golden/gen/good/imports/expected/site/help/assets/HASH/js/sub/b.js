import "./c.js";
export const b = 1;
