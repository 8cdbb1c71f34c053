/** Tells the worker of this process that the outbox has something new. */
export interface DeliveryBell {
  ring(): void;
  /** The one listener; a later call replaces it. Without one, ringing does nothing: workers poll as well. */
  answer(listener: (() => void) | undefined): void;
}

export function createDeliveryBell(): DeliveryBell {
  let listener: (() => void) | undefined;
  return {
    ring: () => listener?.(),
    answer(next) {
      listener = next;
    },
  };
}
