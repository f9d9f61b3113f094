// Beside an event in the list: a theme that is off holds it back.
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { noNames } from '../../../../kql/index.ts';
import type { EventRow, ThemeView } from '../../../../model/index.ts';
import { useNameBook } from '../../../api/index.ts';
import { Chip } from '../../../ui/index.ts';
import { heldBackBy, themesOff, type HeldBack } from './held-back.ts';

const Held = createContext<HeldBack>(new Map());

export function HeldBackBy({ themes, children }: { readonly themes: readonly ThemeView[] | undefined; readonly children: ReactNode }) {
  const book = (useNameBook().data ?? noNames).events;
  return <Held value={useMemo(() => heldBackBy(themes ?? [], book), [themes, book])}>{children}</Held>;
}

export function HeldBackMark({ event }: { readonly event: Pick<EventRow, 'signal' | 'service' | 'durableId'> }) {
  const off = themesOff(useContext(Held), event);
  if (off.length === 0) return null;
  const keeps = off.map(({ name, offKeepPerMille }) => `${name} is off: ${offKeepPerMille === 0 ? 'nothing of it passes' : `${offKeepPerMille} of 1,000 records pass`}`).join('; ');
  return <Chip tone="attn" title={`The theme ${keeps}.`}>off</Chip>;
}
