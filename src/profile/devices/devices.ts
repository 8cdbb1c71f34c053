/** Ending what is signed in elsewhere: one device, or all of them. */
import { recordEvent } from "../../audit/audit.ts";
import type { Store } from "../../platform/store/store.ts";
import { deviceName } from "../../platform/web/device.ts";
import { endDevice, endDevices, type Session, type VisitTools } from "../../sessions/sessions.ts";

interface Visitor {
  address: string;
  device: string;
}

/**
 * Ends one device of the account. A device that is somebody else's, unknown or ended before changes nothing
 * and is answered alike: afterwards this account has no such device.
 */
export async function endOne(
  tools: VisitTools & { store: Store },
  accountId: string,
  id: string,
  { address, device }: Visitor,
): Promise<void> {
  await tools.store.transact(async (write) => {
    const ended = await endDevice(tools, write, accountId, id);
    if (!ended) return;
    const detail = { device, ended: deviceName(ended.agent) };
    await recordEvent(tools, write, { action: "device.ended", actor: accountId, accountId, address, detail });
  });
}

/** Ends every other device of the account; with `alsoHere` this one, too. */
export async function endAll(
  tools: VisitTools & { store: Store },
  session: Session,
  alsoHere: boolean,
  { address, device }: Visitor,
): Promise<void> {
  const { account_id: accountId } = session;
  await tools.store.transact(async (write) => {
    await endDevices(tools, write, accountId, alsoHere ? null : session);
    const detail = { device };
    await recordEvent(tools, write, {
      action: "devices.ended",
      actor: accountId,
      accountId,
      address,
      detail,
    });
  });
}
