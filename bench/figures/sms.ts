import { once } from "node:events";
import { join } from "node:path";
import type { Row } from "../report.ts";
import { ended, startChild } from "../rig/child.ts";
import { newFolder, removeFolder } from "../rig/contenders.ts";
import { type Effort, type Turn, takeTurns, tell } from "../rig/rounds.ts";

const rig = join(import.meta.dirname, "../rig");

/** SMS from the outbox to a gateway that takes everything, and back to the outbox that they were taken. */
export async function measureSms({ rounds, isQuick }: Effort): Promise<Row[]> {
  const count = isQuick ? 500 : 2_000;
  const sink = startChild(join(rig, "smpp-sink.ts"), { cores: "client" });
  const [url] = (await once(sink, "message")) as [string];
  const turns = await takeTurns(rounds, [], { ours: () => outboxTurn(url, count) });
  sink.kill("SIGKILL");
  return [{ figure: "SMS through a SMPP gateway, one core", ours: tell(turns.ours), beside: "" }];
}

async function outboxTurn(url: string, count: number): Promise<Turn> {
  const folder = newFolder();
  const words = [folder, url, String(count)];
  const child = startChild(join(rig, "sms-outbox.ts"), { cores: "server", words });
  const end = ended(child);
  const [turn] = (await Promise.race([once(child, "message"), end])) as [Turn];
  await end;
  removeFolder(folder);
  return turn;
}
