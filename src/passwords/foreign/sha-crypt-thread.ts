/** A thread of its own for SHA-crypt, whose thousands of rounds would hold up every page. */
import { setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { type ShaName, shaCrypt } from "./sha-crypt.ts";

export interface ShaCryptWork {
  name: ShaName;
  password: Uint8Array;
  salt: string;
  rounds: number;
}

try {
  // As the other threads that hash; on Linux the priority is the thread's own.
  if (process.platform === "linux") setPriority(10);
} catch {
  // Not allowed to: hashing is as urgent as pages then.
}

parentPort?.on("message", ({ name, password, salt, rounds }: ShaCryptWork) => {
  parentPort?.postMessage(shaCrypt(name, password, salt, rounds), []);
});
