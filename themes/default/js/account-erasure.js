/** Asking that what is held about one be erased, and thinking otherwise. */
import { Problem, call, words } from "./api.js";
import { field, sends } from "./account-forms.js";
import { slot, tell } from "./dom.js";
import { text } from "./strings.js";

/**
 * @typedef {{ state: "none" | "waiting" | "approved" | "withdrawn" | "declined" | "done", asked_at: string | null,
 *   due_at: string | null, ended_at: string | null, reason: string | null }} Erasure
 */

const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" });
/** @param {string | null} iso */
const dayOf = (iso) => day.format(iso ? new Date(iso) : new Date());

/** @param {Erasure} erasure @returns {string} empty: there is nothing to say */
function stateOf({ state, asked_at, due_at, ended_at, reason }) {
  if (state === "declined") return text("own_data.declined", { date: dayOf(ended_at), reason: reason ?? "" });
  if (state !== "waiting" && state !== "approved") return "";
  return text(`own_data.${state}`, { asked: dayOf(asked_at), until: dayOf(due_at) });
}

/** @param {HTMLElement} root @param {Erasure} erasure */
function show(root, erasure) {
  const waits = erasure.state === "waiting" || erasure.state === "approved";
  const said = slot(root, "erasure-state");
  said.textContent = stateOf(erasure);
  said.hidden = !said.textContent;
  slot(root, "erasure-waits").hidden = !waits;
  slot(root, "erasure-form").hidden = waits;
  slot(root, "erasure").hidden = false;
}

/** Ask how it stands, and say it. @param {HTMLElement} root @param {string} told */
async function again(root, told) {
  show(root, (await call("GET", "/account")).erasure);
  tell(told);
  document.getElementById("erasure")?.focus();
}

/** @param {HTMLElement} root */
async function keep(root) {
  const problem = slot(root, "erasure-problem");
  problem.hidden = true;
  try {
    await call("POST", "/account/erasure/withdraw");
    await again(root, text("own_data.kept"));
  } catch (error) {
    problem.textContent = words(error);
    problem.hidden = false;
    problem.focus();
  }
}

let ready = false;

/** @param {HTMLElement} root @param {Erasure} erasure */
export function showErasure(root, erasure) {
  show(root, erasure);
  if (ready) return;
  ready = true;
  slot(root, "erasure-keep").onclick = () => keep(root);
  sends(
    slot(root, "erasure-form"),
    async (form) => {
      const json = { password: field(form, "password").value };
      await call("POST", "/account/erasure", { json }).catch((problem) => {
        throw problem.errors?.[0]?.code === "not_recent" ? new Problem(422, "not_recent") : problem;
      });
      form.reset();
      await again(root, text("own_data.asked"));
    },
    () => text("account.old_wrong"),
    { repeats: true },
  );
}
