const MOVES_MS = 2_000;
/** Whoever has left the page alone for so long is not kept signed in by it. */
const WATCHED_MS = 600_000;
/** So long after somebody set out for elsewhere they are not called back; a download leaves the page open. */
const LEAVING_MS = 10_000;

/** The progress on the page goes on by itself; when the state is another one, so is the page. */
function keepMoving(first: HTMLElement): void {
  let shown = first;
  let touched = performance.now();
  let setOut = -LEAVING_MS;
  addEventListener("beforeunload", () => (setOut = performance.now()));
  const isLeaving = () => performance.now() - setOut < LEAVING_MS;
  for (const sign of ["pointermove", "keydown", "scroll"]) {
    addEventListener(sign, () => (touched = performance.now()), { passive: true });
  }
  const look = async (): Promise<void> => {
    if (document.hidden || isLeaving() || performance.now() - touched > WATCHED_MS) return;
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById(shown.id);
    if (isLeaving()) return;
    const isSame = next && next.dataset["moving"] === first.dataset["moving"];
    if (!answer.ok || answer.redirected || !isSame) {
      clearInterval(timer);
      location.replace(location.pathname);
      return;
    }
    const made = document.importNode<HTMLElement>(next, true);
    shown.replaceWith(made);
    shown = made;
  };
  const timer = setInterval(() => void look().catch(() => undefined), MOVES_MS);
}

const moving = document.querySelector<HTMLElement>("[data-moving]");
if (moving) keepMoving(moving);

export {};
