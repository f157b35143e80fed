/** A picture of a message, shown in a dialog when somebody asks for it; from then on it has a thumbnail. */
import { problemOf } from "./api.js";
import { announce, slot } from "./dom.js";
import { text } from "./strings.js";

/** The picture, fetched like any other data of the portal: who may not see it gets none. @param {string} url @returns {Promise<string>} */
async function load(url) {
  const answer = await fetch(`${url}?inline=1`, { credentials: "include", signal: AbortSignal.timeout(60000) });
  if (!answer.ok) throw await problemOf(answer.status, await answer.text(), null);
  return URL.createObjectURL(await answer.blob());
}

/** @param {HTMLElement} row of the file @param {string} name @param {string} url */
export async function showPicture(row, name, url) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("picture"));
  const image = /** @type {HTMLImageElement} */ (slot(dialog, "image"));
  const said = slot(dialog, "picture-said");
  const link = /** @type {HTMLAnchorElement} */ (slot(dialog, "picture-link"));
  const small = /** @type {HTMLImageElement} */ (slot(row, "thumbnail"));
  slot(dialog, "picture-name").textContent = name;
  link.href = url;
  link.download = name;
  image.hidden = true;
  image.alt = name;
  said.hidden = false;
  said.textContent = text("files.picture_loading");
  slot(dialog, "picture-close").onclick = () => dialog.close();
  dialog.onclick = (event) => event.target === dialog && dialog.close();
  dialog.showModal();
  try {
    const source = small.hidden ? await load(url) : small.src;
    image.src = source;
    await image.decode();
    small.src = source;
    image.hidden = small.hidden = false;
    said.hidden = true;
    row.classList.add("file-seen");
  } catch {
    said.textContent = text("files.picture_failed");
    announce(said.textContent, "alert");
  }
}
