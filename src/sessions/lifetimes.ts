/** Idle and absolute ends (NIST SP 800-63B-4 2.2.3: AAL2 at most 1 h idle, 24 h in all). */
export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 24 * 3_600_000;
/** The same for staff, whose sessions open other people's accounts, and whom no device remembers. */
const STAFF_IDLE_MS = 15 * 60_000;
const STAFF_ABSOLUTE_MS = 12 * 3_600_000;
/** «Не выходить на этом устройстве» (AAL1 allows 30 days). */
export const REMEMBERED_MS = 30 * 86_400_000;
/** How long a browser stays known after the last sign-in there. */
export const KNOWN_MS = 30 * 86_400_000;
/** `seen_at` is written at most once a minute: a page view must not cost a disk write. */
export const TOUCH_EVERY_MS = 60_000;
/** Two tabs that wake together both bring the token of before; later that is a copied cookie. */
export const ROTATION_GRACE_MS = 30_000;

/** Whether a session that others would still have is over because its account belongs to staff. */
export function isOverForStaff(
  { role, seen_at: seenAt, created_at: createdAt }: { role: string; seen_at: number; created_at: number },
  now: number,
): boolean {
  return role !== "person" && (now - seenAt >= STAFF_IDLE_MS || now - createdAt >= STAFF_ABSOLUTE_MS);
}
