// From a popover or a menu to the dialog that it opened: closing, it would take the focus back to its button, behind the dialog. The dialog keeps
// it, and gives it to that button when it closes itself.

const heirs = new WeakMap<EventTarget, HTMLElement>();
const usable = ':is(input, select, textarea, button, a[href], [tabindex="0"]):not(:disabled, [tabindex="-1"])';

/** For onCloseAutoFocus of what floats above `opener`. */
export function handOverFocus(event: Event, opener: HTMLElement | null): void {
  const dialog = [...document.querySelectorAll('.dlg[data-state="open"]')].at(-1);
  if (dialog === undefined || (opener !== null && dialog.contains(opener))) return;
  event.preventDefault();
  if (opener !== null) heirs.set(dialog, opener);
  if (!dialog.contains(document.activeElement)) beginAt(dialog);
}

/** For onCloseAutoFocus of a dialog: true when the focus went back to the button of what opened it. */
export function giveFocusBack(dialog: EventTarget | null): boolean {
  const heir = dialog === null ? undefined : heirs.get(dialog);
  if (heir?.isConnected !== true) return false;
  heir.focus();
  return true;
}

/** The first control of the body, else the footer's main one; false where there is none but Close. Not asked for when something in it has taken the focus (autoFocus). */
export function beginAt(dialog: EventTarget | null): boolean {
  if (!(dialog instanceof HTMLElement)) return false;
  const first = dialog.querySelector<HTMLElement>(`.body ${usable}`) ?? dialog.querySelector<HTMLElement>(`footer .primary${usable}`) ?? dialog.querySelector<HTMLElement>(`footer ${usable}`);
  if (first === null) return false;
  first.focus();
  return true;
}
