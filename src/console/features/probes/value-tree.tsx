// One captured value: a scalar as it is, an object or an array as a tree that opens level by level.
import type { SyntheticEvent } from 'react';

/** As the capture names the class of an object that is not a plain one. */
const classKey = '[class]';
const mostSummary = 100;

export interface ValueTreeProps { readonly value: unknown; /** Told when a branch is opened: what is looked at should stand still. */ readonly onOpen?: (() => void) | undefined }

export function ValueTree({ value, onOpen }: ValueTreeProps) {
  if (!isBranch(value)) return <span className={toneOf(value)}>{scalarText(value)}</span>;
  const children = childrenOf(value);
  if (children.length === 0) return <span className="t3">{summaryOf(value)}</span>;
  const opened = (event: SyntheticEvent<HTMLDetailsElement>) => { if (event.currentTarget.open) onOpen?.(); };
  return (
    <details className="value-tree" onToggle={opened}>
      <summary title={JSON.stringify(value)}>{summaryOf(value)}</summary>
      <ul>{children.map(([name, child]) => <li key={name}><span className="t3">{name}</span> <ValueTree value={child} onOpen={onOpen} /></li>)}</ul>
    </details>
  );
}

export const isBranch = (value: unknown): value is object => typeof value === 'object' && value !== null;

const childrenOf = (value: object): readonly (readonly [string, unknown])[] => (Array.isArray(value) ? value.map((item, i) => [String(i), item] as const) : Object.entries(value).filter(([name]) => name !== classKey));

const scalarText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value) ?? String(value));
const toneOf = (value: unknown): string => (typeof value === 'number' ? 'k-n' : typeof value === 'boolean' ? 'k-k' : value === null || isMark(value) ? 't3' : '');
/** `[getter]`, `[Object]`, `[circular]`: what the capture says in place of a value. */
const isMark = (value: unknown): boolean => typeof value === 'string' && /^\[[^\]]+\]$/.test(value);

/** One line: `Game {user: ada, pegs: [3], moves: 31}`. */
export function summaryOf(value: object): string {
  if (Array.isArray(value)) return value.some(isBranch) ? `[${value.length}]` : clipped(`[${value.map(scalarText).join(', ')}]`);
  const named = (value as Readonly<Record<string, unknown>>)[classKey];
  const fields = childrenOf(value).map(([name, child]) => `${name}: ${Array.isArray(child) ? `[${child.length}]` : isBranch(child) ? '{…}' : scalarText(child)}`);
  return clipped(`${typeof named === 'string' ? `${named} ` : ''}{${fields.join(', ')}}`);
}

const clipped = (text: string): string => (text.length > mostSummary ? `${text.slice(0, mostSummary)}…` : text);
