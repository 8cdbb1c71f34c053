/** The sample beside the slider takes on its hue, and the name above, while one chooses. */
function followHue(slider: HTMLInputElement): void {
  const sheet = document.getElementById(slider.dataset["sample"] ?? "");
  const own = slider.form?.elements.namedItem("ownHue");
  if (!(sheet instanceof HTMLLinkElement) || !(own instanceof HTMLInputElement)) return;
  let asked: number | undefined;
  const show = (): void => {
    window.clearTimeout(asked);
    asked = window.setTimeout(() => {
      sheet.href = `/look/sample/${own.checked ? slider.value : "none"}.css`;
    }, 60);
  };
  slider.addEventListener("input", () => {
    own.checked = true;
    show();
  });
  own.addEventListener("change", show);
  const name = slider.form?.elements.namedItem("name");
  if (!(name instanceof HTMLInputElement)) return;
  name.addEventListener("input", () => {
    for (const shown of document.querySelectorAll("[data-sample-name]")) shown.textContent = name.value;
  });
}

for (const slider of document.querySelectorAll<HTMLInputElement>("input[data-sample]")) followHue(slider);
