/** Another try by itself: later and later, at once when the connection is back; counted down meanwhile. */
import { text } from "./strings.js";

const pauses = [5, 10, 20, 40, 60];

/**
 * @param {number} tries how many there were by themselves @param {number} least seconds that the API asks to wait
 * @param {(words: string) => void} say when it will be @param {() => void} go
 * @returns {() => void} stops it
 */
export function again(tries, least, say, go) {
  let left = Math.max(least, pauses[Math.min(tries, pauses.length - 1)] ?? 0);
  const stop = () => {
    clearInterval(timer);
    removeEventListener("online", now);
  };
  const now = () => {
    stop();
    go();
  };
  const tick = () => {
    if (!navigator.onLine) say(text("errors.again_online"));
    else if (left > 0) say(text("errors.again", { count: left-- }));
    else now();
  };
  const timer = setInterval(tick, 1000);
  addEventListener("online", now);
  tick();
  return stop;
}
