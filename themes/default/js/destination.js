/** Where one was on the way to when sign-in came between: ?return= of the page's own address. */
import { home } from "./api.js";

/** A place of this portal, or "" when the address names none. */
export function wanted() {
  const named = new URLSearchParams(location.search).get("return") ?? "";
  try {
    const url = new URL(named, location.origin);
    if (
      named &&
      url.origin === location.origin &&
      url.pathname.startsWith(document.documentElement.dataset.root ?? "/")
    )
      return url.pathname + url.search + url.hash;
  } catch {
    // not an address
  }
  return "";
}

/** Where to go afterwards: there, else to the ticket list. */
export function destination() {
  return wanted() || `${home}tickets/`;
}

/** The same for the address of the next page that one comes by: "?return=..", or "". */
export function handedOn() {
  return wanted() && `?return=${encodeURIComponent(wanted())}`;
}
