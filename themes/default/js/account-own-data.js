/** Taking away all that is held about one: a zip, which the API makes while it sends it. */
import { Problem, address, problemOf, unsafeHeaders } from "./api.js";
import { field, sends } from "./account-forms.js";
import { slot, tell } from "./dom.js";
import { text } from "./strings.js";

/** @param {string} password @returns {Promise<Blob>} */
async function fetchData(password) {
  const headers = { ...unsafeHeaders(), "Content-Type": "application/json" };
  const body = JSON.stringify({ password });
  try {
    const answer = await fetch(address("/account/export"), { method: "POST", credentials: "include", headers, body });
    if (answer.ok) return await answer.blob();
    throw await problemOf(answer.status, await answer.text(), answer.headers.get("Retry-After"));
  } catch (problem) {
    throw problem instanceof Problem ? problem : new Problem(0, "network");
  }
}

/** Hand it to the browser as a file. @param {Blob} data */
function save(data) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(data);
  link.download = "guichet-data.zip";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** @param {HTMLElement} root */
export function ownDataForm(root) {
  sends(
    slot(root, "own-data"),
    async (form) => {
      save(await fetchData(field(form, "password").value));
      form.reset();
      tell(text("own_data.done"));
    },
    () => text("account.old_wrong"),
    { sending: text("own_data.preparing") },
  );
}
