// Messages to the person. Errors stay; the rest leave by themselves (see ui/toast.tsx).
import { create } from 'zustand';

export interface ToastMessage {
  readonly id: number; readonly kind: 'done' | 'error'; readonly title: string; readonly detail?: string | undefined;
  /** Id of the rule that it is about: a newer message about the same one takes its place. */
  readonly about?: string | undefined;
  /** Undo, or the next step. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

interface ToastState { readonly toasts: readonly ToastMessage[]; readonly nextId: number }

const maxShown = 4;
export const useToasts = create<ToastState>(() => ({ toasts: [], nextId: 1 }));

/** Shows a message and returns its id. What was said of the same thing before is no longer so, and goes. Beyond four the oldest that is not an error goes first. */
export function toast(message: { readonly title: string; readonly detail?: string | undefined; readonly kind?: ToastMessage['kind']; readonly about?: string | undefined; readonly action?: ToastMessage['action'] }): number {
  const { nextId } = useToasts.getState();
  useToasts.setState(state => ({ nextId: state.nextId + 1, toasts: trim([...state.toasts.filter(({ about }) => about === undefined || about !== message.about), { kind: 'done', ...message, id: nextId }]) }));
  return nextId;
}

export function dismissToast(id: number): void {
  useToasts.setState(state => ({ toasts: state.toasts.filter(each => each.id !== id) }));
}

function trim(toasts: readonly ToastMessage[]): readonly ToastMessage[] {
  if (toasts.length <= maxShown) return toasts;
  const leaving = toasts.find(each => each.kind !== 'error') ?? toasts[0];
  return toasts.filter(each => each !== leaving);
}
