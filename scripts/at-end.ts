/** Runs `clean` when the process ends too early, by itself or by a signal; returns how to call it off. */
export function atEnd(clean: () => void): () => void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const onSignal = (signal: NodeJS.Signals) => {
    forget();
    clean();
    process.kill(process.pid, signal);
  };
  const forget = () => {
    process.off("exit", clean);
    for (const signal of signals) process.off(signal, onSignal);
  };
  process.once("exit", clean);
  for (const signal of signals) process.once(signal, onSignal);
  return forget;
}
