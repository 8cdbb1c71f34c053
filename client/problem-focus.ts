// Whoever cannot see the page hears first what is wrong with it.
document.querySelector<HTMLElement>("[data-focus]")?.focus();

export {};
