// A tick box and a switch. A box chooses what is shown; a switch changes something that runs.
import { Checkbox as RadixCheckbox, Switch as RadixSwitch } from 'radix-ui';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

export interface CheckboxProps { readonly checked: boolean | 'indeterminate'; readonly onChange: (checked: boolean) => void; readonly children?: ReactNode; readonly label?: string; readonly className?: string; /** -1 where the keys of what it stands in do the same. */ readonly tabIndex?: number }

export function Checkbox({ checked, onChange, children, label, className = '', tabIndex }: CheckboxProps) {
  return (
    <label className={`check ${className}`.trim()}>
      <RadixCheckbox.Root checked={checked} aria-label={label} {...(tabIndex !== undefined && { tabIndex })} onCheckedChange={next => onChange(next === true)}>
        <RadixCheckbox.Indicator><Icon name={checked === 'indeterminate' ? 'minus' : 'check'} /></RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
      {children}
    </label>
  );
}

export interface SwitchProps { readonly checked: boolean; readonly onChange: (checked: boolean) => void; readonly label: string; readonly description?: string; readonly danger?: boolean; readonly disabled?: boolean }

/** The switch alone; draw its label beside it. `label` is its name for screen readers. */
export function Switch({ checked, onChange, label, description, danger, disabled }: SwitchProps) {
  const id = useId();
  return (
    <>
      <RadixSwitch.Root className={danger ? 'switch danger' : 'switch'} checked={checked} disabled={disabled ?? false} aria-label={label} aria-describedby={description ? id : undefined} onCheckedChange={onChange}>
        <RadixSwitch.Thumb asChild><i /></RadixSwitch.Thumb>
      </RadixSwitch.Root>
      {description && <span id={id} className="vh">{description}</span>}
    </>
  );
}
