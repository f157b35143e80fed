/** What a link says of a ticket goes along to the form that one chooses. */
import { mount } from "./dom.js";

mount("forms", (root) => {
  for (const link of root.querySelectorAll("a")) link.search = location.search;
});
