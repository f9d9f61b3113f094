// Fields of a record as name and value, each with what can be done with it. Values keep their types by colour; masked
// parts look like holes.
import { printDatetime } from '../../../../kql/index.ts';
import type { Signal } from '../../../../model/index.ts';
import type { Value } from '../../../../otlp/index.ts';
import { IconButton, Menu, type MenuEntry } from '../../../ui/index.ts';
import { valueText } from '../../../workers/tail/index.ts';
import { fieldRef } from '../redact/index.ts';
import { fieldPredicate, type FieldPlace } from '../words/kql-text.ts';
import { FoundText } from './found-text.tsx';
import type { Findings } from './use-findings.ts';

export interface FieldActions {
  readonly filterFor: (predicate: string) => void;
  readonly addColumn: (name: string) => void;
  readonly redact: (place: FieldPlace, name: string) => void;
  readonly toMetric: (place: FieldPlace, name: string) => void;
  readonly copy: (text: string) => void;
}
export interface FieldListProps { readonly label: string; readonly signal: Signal; readonly place: FieldPlace; readonly fields: readonly (readonly [name: string, value: Value])[]; /** What detectors found in the record. */ readonly findings: Findings; readonly actions: FieldActions }

export function FieldList({ label, signal, place, fields, findings, actions }: FieldListProps) {
  return (
    <dl className="tail-kv" aria-label={label}>
      {fields.map(([name, value]) => (
        <div key={name} onKeyDown={(event) => { if (event.key === 'R' && event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); event.stopPropagation(); actions.redact(place, name); } }}>
          <dt title={name}>{name}</dt>
          <dd>
            <span className="val" data-redact-place={place} data-redact-name={name}><FieldValue value={place === 'column' && typeof value === 'bigint' ? timeOrSpan(name, value) : value} at={{ place, name, path: [] }} findings={findings} /></span>
            <Menu entries={entries(signal, place, name, value, actions)} align="end" label={`Actions for ${name}`}><IconButton icon="more" size="s" variant="ghost" tooltip={false} label={`Actions for ${name}`} /></Menu>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Columns hold times and spans of time as bigint nanoseconds. */
function timeOrSpan(name: string, nanos: bigint): Value {
  if (name.endsWith('Timestamp')) return printDatetime(nanos).replace(/^datetime\((.*)\)$/, '$1');
  return name === 'Duration' ? `${Number(nanos) / 1e6} ms` : nanos;
}

interface FieldValueProps { readonly value: Value; readonly at: { readonly place: FieldPlace; readonly name: string; readonly path: readonly string[] }; readonly findings: Findings }

/** Bags and arrays open as a tree. */
function FieldValue({ value, at, findings }: FieldValueProps) {
  if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) {
    const inner = Array.isArray(value) ? (value as readonly Value[]).map((item, i) => [String(i), item] as const) : Object.entries(value as Readonly<Record<string, Value>>);
    if (inner.length === 0) return <span className="t3">{Array.isArray(value) ? '[]' : '{}'}</span>;
    return <details open={inner.length <= 8}><summary className="t3">{Array.isArray(value) ? `${inner.length} items` : `${inner.length} fields`}</summary><ul>{inner.map(([key, item]) => <li key={key} data-redact-step={Array.isArray(value) ? undefined : key}><span className="t3">{key} </span><FieldValue value={item} at={Array.isArray(value) ? at : { ...at, path: [...at.path, key] }} findings={findings} /></li>)}</ul></details>;
  }
  const tone = typeof value === 'number' || typeof value === 'bigint' ? 'k-n' : typeof value === 'boolean' ? 'k-k' : value === null ? 't3' : '';
  if (value === null) return <span className={tone}>null</span>;
  const text = valueText(value);
  return <span className={tone}><FoundText text={text} spans={findings.in(fieldRef(at.place, at.name, at.path), text)} /></span>;
}

function entries(signal: Signal, place: FieldPlace, name: string, value: Value, actions: FieldActions): readonly MenuEntry[] {
  const same = fieldPredicate(signal, place, name, value);
  const other = fieldPredicate(signal, place, name, value, true);
  return [
    { kind: 'heading', label: name },
    { label: 'Filter for this value', icon: 'rules', disabled: same === null, onSelect: () => { if (same !== null) actions.filterFor(same); } },
    { label: 'Exclude this value', icon: 'minus', disabled: other === null, onSelect: () => { if (other !== null) actions.filterFor(other); } },
    { label: 'Add as column', icon: 'cols', onSelect: () => actions.addColumn(name) },
    { kind: 'separator' },
    { label: 'Redact this field…', icon: 'redact', kbd: 'Shift R', onSelect: () => actions.redact(place, name) },
    { label: 'To metric by this field…', icon: 'metric', onSelect: () => actions.toMetric(place, name) },
    { kind: 'separator' },
    { label: 'Copy value', icon: 'copy', onSelect: () => actions.copy(valueText(value)) },
  ];
}
