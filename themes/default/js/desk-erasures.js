/** Who asks that what is held about them be erased, what that would be, and the administrator's decision. */
import { Problem, call, words } from "./api.js";
import { clone, mount, slot, tell } from "./dom.js";
import { when } from "./dates.js";
import { acting, leave, listing } from "./desk-list.js";
import { text } from "./strings.js";

/**
 * @typedef {{ id: number, person: { id: number, email: string, name: string, company: string | null },
 *   asked_at: string, due_at: string, approved_at: string | null, approved_by: string | null,
 *   begun_at: string | null }} Erasure
 */

/** @param {string} id @returns {HTMLDialogElement} */
const dialogOf = (id) => /** @type {HTMLDialogElement} */ (document.getElementById(id));

/** @param {HTMLElement} item @param {Erasure} erasure */
function showState(item, { approved_at, approved_by, begun_at }) {
  slot(item, "state").textContent = begun_at
    ? text("desk_erasures.running")
    : !approved_at
      ? text("desk_erasures.waits")
      : approved_by
        ? text("desk_erasures.approved_by", { name: approved_by })
        : text("desk_erasures.approved");
  slot(item, "state").classList.toggle("chip-open", !approved_at);
  slot(item, "approve").hidden = Boolean(approved_at);
  slot(item, "decline").hidden = Boolean(begun_at);
}

/** How much it is, asked when somebody wants to know. @param {HTMLElement} item @param {Erasure} erasure */
function tellsExtent(item, { id }) {
  const details = /** @type {HTMLDetailsElement} */ (item.querySelector("details"));
  details.addEventListener("toggle", async () => {
    const says = slot(item, "extent");
    if (!details.open || says.textContent) return;
    try {
      const { tickets, messages, files } = await call("GET", `/erasures/${id}`);
      says.textContent = [
        text("list.count", { count: tickets }),
        text("desk_erasures.messages", { count: messages }),
        text("desk_erasures.files", { count: files }),
      ].join(" · ");
    } catch (problem) {
      details.open = false;
      slot(item, "problem").textContent = words(problem);
      slot(item, "problem").hidden = false;
    }
  });
}

const own = { not_found: "desk_mail.gone", conflict: "desk_erasures.begun" };

/** @param {HTMLElement} item @param {Erasure} erasure @param {() => void} again */
function approves(item, erasure, again) {
  const dialog = dialogOf("approve");
  const { name, email } = erasure.person;
  slot(item, "approve").addEventListener("click", () => {
    slot(dialog, "approve-title").textContent = text("desk_erasures.approve_ask", { name: name || email });
    slot(dialog, "approve-no").onclick = () => dialog.close();
    slot(dialog, "approve-yes").onclick = () => {
      dialog.close();
      acting(
        item,
        async () => {
          await call("POST", `/erasures/${erasure.id}/approve`);
          tell(text("desk_erasures.approved_done", { name: name || email }));
          again();
        },
        own,
      );
    };
    dialog.showModal();
  });
}

/** @param {HTMLElement} item @param {Erasure} erasure @param {() => void} isEmpty */
function declines(item, erasure, isEmpty) {
  const dialog = dialogOf("decline");
  const form = /** @type {HTMLFormElement} */ (slot(dialog, "decline-form"));
  const reason = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("reason"));
  const error = slot(dialog, "reason-error");
  const { name, email } = erasure.person;
  const send = async () => {
    error.hidden = Boolean(reason.value.trim());
    reason.removeAttribute("aria-invalid");
    if (!reason.value.trim()) {
      error.textContent = text("desk_erasures.reason_missing");
      reason.setAttribute("aria-invalid", "true");
      reason.focus();
      return;
    }
    dialog.close();
    acting(
      item,
      async () => {
        await call("POST", `/erasures/${erasure.id}/decline`, { json: { reason: reason.value.trim() } });
        reason.value = "";
        tell(text("desk_erasures.declined_done", { name: name || email }));
        leave(item, isEmpty);
      },
      own,
    );
  };
  slot(item, "decline").addEventListener("click", () => {
    slot(dialog, "decline-title").textContent = text("desk_erasures.decline_ask", { name: name || email });
    slot(dialog, "decline-no").onclick = () => dialog.close();
    error.hidden = true;
    reason.removeAttribute("aria-invalid");
    form.onsubmit = (event) => {
      event.preventDefault();
      send();
    };
    dialog.showModal();
  });
}

mount("desk-erasures", (root) => {
  let denied = false; // it is for administrators
  const list = listing(root, {
    ask: (/** @type {number | null} */ after, signal) =>
      call("GET", `/erasures${after ? `?after=${after}` : ""}`, { signal, own: ["denied"] }).catch((problem) => {
        if (!(problem instanceof Problem) || problem.code !== "denied") throw problem;
        denied = true;
        return { rows: [], next: null };
      }),
    item: (/** @type {Erasure} */ erasure) => {
      const item = clone(document.getElementById("erasure"));
      const { name, email, company } = erasure.person;
      slot(item, "name").textContent = name || email;
      slot(item, "email").textContent = email;
      slot(item, "company-line").hidden = !company;
      slot(item, "company").textContent = company;
      when(slot(item, "asked"), erasure.asked_at);
      when(slot(item, "due"), erasure.due_at);
      showState(item, erasure);
      tellsExtent(item, erasure);
      approves(item, erasure, () => {
        showState(item, { ...erasure, approved_at: new Date().toISOString(), approved_by: null });
        item.focus();
      });
      declines(item, erasure, list.isEmpty);
      return item;
    },
    none: () => slot(root, denied ? "not-yours" : "none"),
    failed: "desk_erasures.load_failed",
  });
  list.load();
});
