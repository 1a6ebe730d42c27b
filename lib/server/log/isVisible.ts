import type { Slot } from '../state/SpaceState.js';
import type { LoggedEvent } from './LoggedEvent.js';

/** A slot with an event that pages show by now. */
export const isVisible =
  (now: number) =>
  (slot: Slot): slot is Slot & { readonly event: LoggedEvent } =>
    slot.event !== undefined && slot.visibleAt <= now;
