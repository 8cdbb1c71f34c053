/** Commands about the installation itself. */
import { verifyAudit } from "../audit/audit.ts";
import { reportAddresses } from "../delivery/delivery.ts";
import { migrate, type OpenStore } from "../platform/store/open.ts";
import { describeSettings, readSettings } from "../settings.ts";
import { makeSetupLink } from "../setup/setup.ts";
import { type Options, Refused, type TerminalTools } from "./tools.ts";

export async function printSetupLink(tools: TerminalTools): Promise<void> {
  const link = await makeSetupLink(tools);
  if (!link)
    throw new Refused("an owner exists already; for a forgotten password use: propusk person recover WHO");
  console.log(link);
}

/** Where each gateway may tell what became of an SMS; whoever knows such an address can make reports up. */
export async function printReportAddresses(tools: TerminalTools): Promise<void> {
  const addresses = reportAddresses(tools);
  if (addresses.length === 0) throw new Refused("no gateway of SMS_URL reports to an address");
  for (const { gateway, url } of addresses) console.log(`${gateway} ${url}`);
}

export async function printMigrations(store: OpenStore): Promise<void> {
  const taken = await migrate(store);
  console.log(taken.length > 0 ? taken.map((name) => `done ${name}`).join("\n") : "nothing to do");
}

export async function printAuditVerdict(tools: TerminalTools): Promise<void> {
  const verdict = await verifyAudit(tools.store.read);
  if (verdict.kind === "broken")
    throw new Refused(`the record is broken at event ${verdict.seq}: ${verdict.why}`);
  console.log(`whole: ${verdict.events} events`);
}

export async function printSettings(_: string[], options: Options): Promise<void> {
  readSettings(process.env);
  const described = describeSettings(process.env);
  if (options.json) console.log(JSON.stringify(described, null, 2));
  else for (const { name, value, origin } of described) console.log(`${name}=${value}  (${origin})`);
}
