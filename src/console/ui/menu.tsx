// A menu from a button or from the right mouse button, out of the same list of items. While it is open, the letter printed
// beside an item runs it; outside the menu, keys are the view's matter.
import { ContextMenu as RadixContext, DropdownMenu as RadixMenu } from 'radix-ui';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { handOverFocus } from './hand-over-focus.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-paths.ts';
import { Kbd } from './kbd.tsx';

export type MenuEntry =
  | { readonly kind?: 'item'; readonly label: ReactNode; readonly icon?: IconName; readonly kbd?: string; readonly detail?: ReactNode; readonly danger?: boolean; readonly disabled?: boolean; readonly checked?: boolean; readonly onSelect: () => void;
    /** A second thing to do with the same row, at its right end. */
    readonly aside?: { readonly label: string; readonly icon: IconName; readonly onSelect: () => void } }
  | { readonly kind: 'separator' }
  | { readonly kind: 'heading'; readonly label: ReactNode };

export interface MenuProps { readonly entries: readonly MenuEntry[]; readonly children: ReactNode; readonly align?: 'start' | 'end'; readonly label?: string }

/** `children` is the trigger: one element that takes a ref, usually a Button. */
export function Menu({ entries, children, align = 'start', label }: MenuProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  return (
    <RadixMenu.Root>
      <RadixMenu.Trigger asChild ref={trigger}>{children}</RadixMenu.Trigger>
      <RadixMenu.Portal>
        <RadixMenu.Content className="pop menu" align={align} sideOffset={4} collisionPadding={8} aria-label={label} onKeyDownCapture={runByKey} onCloseAutoFocus={event => handOverFocus(event, trigger.current)}>{entries.map((entry, i) => draw(RadixMenu, entry, i))}</RadixMenu.Content>
      </RadixMenu.Portal>
    </RadixMenu.Root>
  );
}

export interface ContextMenuProps { readonly entries: readonly MenuEntry[] | (() => readonly MenuEntry[]); readonly children: ReactNode; readonly onOpenChange?: (open: boolean) => void }

/** Right click, Shift F10 or the menu key on `children` (one element that takes a ref). */
export function ContextMenu({ entries, children, onOpenChange }: ContextMenuProps) {
  const list = typeof entries === 'function' ? entries() : entries;
  return (
    <RadixContext.Root {...(onOpenChange ? { onOpenChange } : {})}>
      <RadixContext.Trigger asChild>{children}</RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content className="pop menu" collisionPadding={8} onKeyDownCapture={runByKey} onCloseAutoFocus={event => handOverFocus(event, null)}>{list.map((entry, i) => draw(RadixContext, entry, i))}</RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  );
}

/** A single letter goes to the item that prints it, before the menu's own search by first letters sees it. */
function runByKey(event: KeyboardEvent<HTMLElement>) {
  if (event.ctrlKey || event.metaKey || event.altKey || !/^[a-z0-9]$/i.test(event.key)) return;
  const item = event.currentTarget.querySelector<HTMLElement>(`[data-kbd="${event.key.toLowerCase()}"]:not([data-disabled])`);
  if (item === null) return;
  event.preventDefault();
  event.stopPropagation();
  item.click();
}

type Parts = Pick<typeof RadixMenu, 'Item' | 'CheckboxItem' | 'Separator' | 'Label'> | Pick<typeof RadixContext, 'Item' | 'CheckboxItem' | 'Separator' | 'Label'>;

function draw(parts: Parts, entry: MenuEntry, key: number) {
  if (entry.kind === 'separator') return <parts.Separator key={key} className="ms" />;
  if (entry.kind === 'heading') return <parts.Label key={key} className="mh">{entry.label}</parts.Label>;
  const shared = { className: entry.danger ? 'mi danger' : 'mi', disabled: entry.disabled ?? false, onSelect: entry.onSelect, 'data-kbd': entry.kbd?.toLowerCase() };
  const body = <>{entry.icon && <Icon name={entry.icon} size="s" />}<span className="ell">{entry.label}</span><span className="end row gap1">{entry.detail}{entry.checked && <Icon name="check" size="s" />}{entry.kbd && <Kbd>{entry.kbd}</Kbd>}</span></>;
  if (entry.aside !== undefined) return (
    <div key={key} className="mi-row" role="none">
      <parts.Item {...shared}>{body}</parts.Item>
      <parts.Item className="mi" aria-label={entry.aside.label} title={entry.aside.label} onSelect={entry.aside.onSelect}><Icon name={entry.aside.icon} size="s" /></parts.Item>
    </div>
  );
  return entry.checked === undefined
    ? <parts.Item key={key} {...shared}>{body}</parts.Item>
    : <parts.CheckboxItem key={key} {...shared} checked={entry.checked}>{body}</parts.CheckboxItem>;
}
