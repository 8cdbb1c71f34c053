const TRIES = 5;
const REST_MS = 1_500;

interface Kept {
  size?: number;
  problem?: string;
}

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, REST_MS));

/** One piece, also over a line that breaks now and then; how much of the file is there by then. */
async function sendPiece(id: string, at: number, piece: Blob): Promise<Kept> {
  for (let time = 1; ; time += 1) {
    try {
      const address = `/admin/import-pieces/${id}?at=${at}`;
      const answer = await fetch(address, { method: "POST", body: piece });
      if (answer.ok || answer.status === 409 || answer.status === 422) return (await answer.json()) as Kept;
      if (answer.status < 500) return {};
    } catch {
      if (time === TRIES) return {};
    }
    if (time === TRIES) return {};
    await rest();
  }
}

async function begin(file: File): Promise<{ id?: string; piece?: number; problem?: string }> {
  const body = new URLSearchParams({ name: file.name, size: String(file.size) });
  return (await fetch("/admin/new-import", { method: "POST", body })).json();
}

/** Tells where the file went, or why it did not. */
async function send(file: File, onWay: (share: number) => void): Promise<Kept & { id?: string }> {
  const begun = await begin(file);
  if (begun.id === undefined || !begun.piece) return begun;
  let at = 0;
  while (at < file.size) {
    const kept = await sendPiece(begun.id, at, file.slice(at, at + begun.piece));
    if (kept.size === undefined || kept.size === at) return kept;
    at = kept.size;
    onWay(at / file.size);
  }
  return { id: begun.id };
}

/** A file goes piece by piece, so it may be large and the line may break; without scripts it goes whole. */
function uploadInPieces(place: HTMLElement): void {
  const form = place.querySelector("form");
  const input = place.querySelector<HTMLInputElement>("input[type=file]");
  if (!form || !input) return;
  form.addEventListener("submit", (event) => {
    const file = input.files?.[0];
    if (!file || file.size === 0) return;
    event.preventDefault();
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.setAttribute("aria-label", place.dataset["pieces"] ?? "");
    const told = document.createElement("p");
    told.setAttribute("role", "status");
    told.textContent = place.dataset["pieces"] ?? "";
    form.hidden = true;
    for (const old of place.querySelectorAll(":scope > :not(form)")) old.remove();
    place.append(told, bar);
    const fail = (problem = place.dataset["stopped"] ?? ""): void => {
      form.hidden = false;
      bar.remove();
      told.className = "problem";
      told.textContent = problem;
    };
    send(file, (share) => (bar.value = share)).then(
      ({ id, problem }) => {
        if (id === undefined) return fail(problem);
        const end = document.createElement("form");
        end.method = "post";
        end.action = `/admin/import/${id}/received`;
        document.body.append(end);
        end.submit();
      },
      () => fail(),
    );
  });
}

document.querySelectorAll<HTMLElement>("[data-pieces]").forEach(uploadInPieces);

export {};
