// Two to five choices of which exactly one holds: Records | Bytes.
import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';

export interface SegmentedProps<T extends string> { readonly label: string; readonly value: T; readonly options: readonly { readonly value: T; readonly label: ReactNode; readonly title?: string }[]; readonly onChange: (value: T) => void }

export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  return (
    <ToggleGroup.Root className="seg" type="single" value={value} aria-label={label} onValueChange={next => { if (next) onChange(next as T); }}>
      {options.map(option => <ToggleGroup.Item key={option.value} value={option.value} title={option.title}>{option.label}</ToggleGroup.Item>)}
    </ToggleGroup.Root>
  );
}
