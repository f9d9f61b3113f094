// What can be put at a place of the chain, in plain words with a line of explanation each; the KQL word stands at the right.
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon } from '../../../ui/index.ts';
import type { StepWords } from './words.ts';

export interface AddMenuProps { readonly label: string; readonly choices: readonly StepWords[]; readonly open: boolean; readonly onOpenChange: (open: boolean) => void; readonly onChoose: (keyword: string) => void; readonly children: ReactNode }

/** `children` is the trigger: one element that takes a ref. */
export function AddMenu({ label, choices, open, onOpenChange, onChoose, children }: AddMenuProps) {
  return (
    <DropdownMenu.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="pop menu qp-menu" align="center" sideOffset={4} collisionPadding={8} aria-label={label}>
          {choices.map(({ keyword, title, line, icon, code = keyword }) => (
            <DropdownMenu.Item key={keyword} className="mi" textValue={title} onSelect={() => onChoose(keyword)}>
              <Icon name={icon} size="s" /><span className="grow"><b className="md">{title}</b><span className="qp-line">{line}</span></span><span className="end mono">{code}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
