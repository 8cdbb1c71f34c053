/**
 * Puts a sentence into the status line of a field or beside a button, where screen readers pick it up
 * politely.
 */
export function tell(near: Element, sentence: string): void {
  const line = near.parentElement?.querySelector("[role=status]");
  if (line && line.textContent !== sentence) line.textContent = sentence;
}
