// Two to five choices of which exactly one holds: Records | Bytes. Arrow keys choose, as in any group of radio buttons.
import { RadioGroup } from 'radix-ui';
import type { KeyboardEvent, ReactNode } from 'react';

export interface SegmentedProps<T extends string> { readonly label: string; readonly value: T; readonly options: readonly { readonly value: T; readonly label: ReactNode; readonly title?: string }[]; readonly onChange: (value: T) => void }

const steps: Readonly<Partial<Record<string, 1 | -1>>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  // Radix moves the focus, and chooses only while the key is still down when the focus arrives: a short press would choose nothing.
  const keys = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent) => {
    const step = steps[key];
    if (step === undefined || ctrlKey || metaKey || altKey || shiftKey) return;
    const next = options[(options.findIndex(option => option.value === value) + step + options.length) % options.length];
    if (next !== undefined) onChange(next.value);
  };
  return (
    <RadioGroup.Root className="seg" orientation="horizontal" value={value} aria-label={label} onValueChange={next => onChange(next as T)} onKeyDown={keys}>
      {options.map(option => <RadioGroup.Item key={option.value} value={option.value} title={option.title}>{option.label}</RadioGroup.Item>)}
    </RadioGroup.Root>
  );
}
