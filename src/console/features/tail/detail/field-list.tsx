// Fields of a record as name and value, each with what can be done with it. Values keep their types by colour; masked
// parts look like holes.
import { printDatetime } from '../../../../kql/index.ts';
import type { Signal } from '../../../../model/index.ts';
import type { Value } from '../../../../otlp/index.ts';
import { IconButton, MaskedText, Menu, type MenuEntry } from '../../../ui/index.ts';
import { valueText } from '../../../workers/tail/index.ts';
import { fieldPredicate, type FieldPlace } from '../words/kql-text.ts';

export interface FieldActions {
  readonly filterFor: (predicate: string) => void;
  readonly addColumn: (name: string) => void;
  readonly redact: (place: FieldPlace, name: string) => void;
  readonly toMetric: (place: FieldPlace, name: string) => void;
  readonly copy: (text: string) => void;
}
export interface FieldListProps { readonly label: string; readonly signal: Signal; readonly place: FieldPlace; readonly fields: readonly (readonly [name: string, value: Value])[]; readonly actions: FieldActions }

export function FieldList({ label, signal, place, fields, actions }: FieldListProps) {
  return (
    <dl className="tail-kv" aria-label={label}>
      {fields.map(([name, value]) => (
        <div key={name} onKeyDown={(event) => { if (event.key === 'R' && event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); event.stopPropagation(); actions.redact(place, name); } }}>
          <dt title={name}>{name}</dt>
          <dd>
            <span className="val" data-redact-place={place} data-redact-name={name}>{place === 'column' && typeof value === 'bigint' ? <FieldValue value={timeOrSpan(name, value)} /> : <FieldValue value={value} />}</span>
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

/** Bags and arrays open as a tree. */
function FieldValue({ value }: { readonly value: Value }) {
  if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) {
    const inner = Array.isArray(value) ? (value as readonly Value[]).map((item, i) => [String(i), item] as const) : Object.entries(value as Readonly<Record<string, Value>>);
    if (inner.length === 0) return <span className="t3">{Array.isArray(value) ? '[]' : '{}'}</span>;
    return <details open={inner.length <= 8}><summary className="t3">{Array.isArray(value) ? `${inner.length} items` : `${inner.length} fields`}</summary><ul>{inner.map(([key, item]) => <li key={key} data-redact-step={Array.isArray(value) ? undefined : key}><span className="t3">{key} </span><FieldValue value={item} /></li>)}</ul></details>;
  }
  const tone = typeof value === 'number' || typeof value === 'bigint' ? 'k-n' : typeof value === 'boolean' ? 'k-k' : value === null ? 't3' : '';
  return <span className={tone}><MaskedText text={value === null ? 'null' : valueText(value)} /></span>;
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
