// Tabs over one pane. Panels mount when chosen.
import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export interface Tab<T extends string> { readonly value: T; readonly label: ReactNode; readonly count?: ReactNode; readonly content: ReactNode }
export interface TabsProps<T extends string> { readonly label: string; readonly value: T; readonly onChange: (value: T) => void; readonly tabs: readonly Tab<T>[]; readonly trailing?: ReactNode; /** Before the tabs, in their row: a view's title. */ readonly leading?: ReactNode }

export function Tabs<T extends string>({ label, value, onChange, tabs, trailing, leading }: TabsProps<T>) {
  return (
    <Radix.Root className="col grow" value={value} onValueChange={next => onChange(next as T)}>
      <div className={leading === undefined ? 'tabrow' : 'tabrow titled'}>{leading}<Radix.List className="tabs" aria-label={label}>
        {tabs.map(tab => <Radix.Trigger key={tab.value} value={tab.value}>{tab.label}{tab.count !== undefined && <span className="t3">{tab.count}</span>}</Radix.Trigger>)}
      </Radix.List>{trailing}</div>
      {tabs.map(tab => <Radix.Content key={tab.value} className="tabpanel" value={tab.value}>{tab.content}</Radix.Content>)}
    </Radix.Root>
  );
}
