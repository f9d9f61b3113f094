// What a person should know before a probe goes in, although it could.
import type { ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { Icon } from '../../../ui/index.ts';
import { kindWords } from '../words.ts';
import type { Clash } from './clashes.ts';
import type { Later } from './code/index.ts';

export function Note({ children }: { readonly children: ReactNode }) {
  return <div className="probe-note" role="note"><Icon name="warn" size="s" className="amb" /><div>{children}</div></div>;
}

export function NameNote({ name, free }: { readonly name: string; readonly free: string }) {
  return <Note><b className="md">A probe that is in is called {name}.</b> The records and points of both would have one name. <span className="mono">{free}</span> is free.</Note>;
}

export function ClashNotes({ clashes }: { readonly clashes: readonly Clash[] }) {
  return clashes.slice(0, 3).map(({ probe, both }) => <Note key={probe.id}><b className="md">{kindWords[probe.what.kind]} probe <Link to="/probes" search={{ probe: probe.id }}>{probe.name}</Link> reads {both} already.</b> Every line would come twice. Remove it first, or read something else here.</Note>);
}

export function LaterNote({ later, line }: { readonly later: readonly Later[]; readonly line: number }) {
  if (later.length === 0) return null;
  const after = Math.max(...later.map(one => one.line));
  return <Note><b className="md">{later.map(({ name, line: at }) => `${name} is declared on line ${at}`).join(', ')}: it has no value yet at line {line}.</b> The probe sits before its line runs. Choose a line after {after}.</Note>;
}
