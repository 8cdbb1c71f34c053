/**
 * Browsers keep a left page in memory to show it at once on the way back, even one sent with no-store. What
 * belongs to somebody signed in is left blank and asked for anew: it may be somebody else's turn by then.
 */
const isPrivate = document.querySelector(".account") !== null;

addEventListener("pagehide", () => {
  if (isPrivate) document.documentElement.hidden = true;
});

addEventListener("pageshow", (event) => {
  if (isPrivate && event.persisted) location.reload();
});

export {};
