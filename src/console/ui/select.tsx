// A choice from a short list. `label` names it for screen readers; it is not drawn.
import { Select as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

export interface SelectOption<T extends string> { readonly value: T; readonly label: ReactNode; readonly detail?: ReactNode; readonly disabled?: boolean }
export interface SelectProps<T extends string> {
  readonly label: string; readonly value: T; readonly options: readonly SelectOption<T>[]; readonly onChange: (value: T) => void;
  readonly size?: 'm' | 's'; readonly ghost?: boolean; readonly prefix?: ReactNode;
}

export function Select<T extends string>({ label, value, options, onChange, size = 'm', ghost = false, prefix }: SelectProps<T>) {
  return (
    <Radix.Root value={value} onValueChange={next => onChange(next as T)}>
      <Radix.Trigger className={['sel', size === 's' ? 's' : '', ghost ? 'ghost' : ''].filter(Boolean).join(' ')} aria-label={label}>
        {prefix}<Radix.Value /><Radix.Icon asChild><span><Icon name="chev" size="s" className="chev" /></span></Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="pop menu" position="popper" sideOffset={4} collisionPadding={8}>
          <Radix.Viewport>{options.map(option => <Option key={option.value} option={option} />)}</Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Option({ option }: { readonly option: SelectOption<string> }) {
  return (
    <Radix.Item className="mi" value={option.value} disabled={option.disabled ?? false}>
      <Radix.ItemText>{option.label}</Radix.ItemText>
      <span className="end row">{option.detail}<Radix.ItemIndicator><Icon name="check" size="s" /></Radix.ItemIndicator></span>
    </Radix.Item>
  );
}
