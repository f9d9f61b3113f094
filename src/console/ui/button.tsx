// Buttons. A disabled button stays focusable and says why (`disabledReason`), because a dead control teaches nothing.
import type { ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-paths.ts';
import { Kbd } from './kbd.tsx';
import { Tooltip } from './tooltip.tsx';

export type ButtonVariant = 'plain' | 'primary' | 'ghost' | 'danger' | 'danger-outline';

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  readonly ref?: Ref<HTMLButtonElement>;
  readonly variant?: ButtonVariant;
  readonly size?: 'm' | 's';
  readonly icon?: IconName;
  readonly iconAfter?: IconName;
  /** A toggle that is on; also sets aria-pressed. */
  readonly on?: boolean;
  readonly kbd?: string;
  /** Non-empty: the button does nothing, and its tooltip says this sentence. */
  readonly disabledReason?: string | null | undefined;
  readonly children?: ReactNode;
}

export function Button({ ref, variant = 'plain', size = 'm', icon, iconAfter, on, kbd, disabledReason, className = '', children, onClick, type = 'button', ...rest }: ButtonProps) {
  const disabled = Boolean(disabledReason);
  const classes = ['btn', variant === 'plain' ? '' : variant, size === 's' ? 's' : '', on ? 'on' : '', children === undefined ? 'icon' : '', className].filter(Boolean).join(' ');
  const click = (event: MouseEvent<HTMLButtonElement>) => { if (disabled) event.preventDefault(); else onClick?.(event); };
  const iconSize = size === 's' ? 's' : 'm';
  const button = (
    <button {...rest} ref={ref} type={type} className={classes} aria-pressed={on} aria-disabled={disabled || undefined} onClick={click}>
      {icon && <Icon name={icon} size={iconSize} />}{children}{iconAfter && <Icon name={iconAfter} size="xs" />}{kbd && <Kbd>{kbd}</Kbd>}
    </button>
  );
  return disabledReason ? <Tooltip content={disabledReason}>{button}</Tooltip> : button;
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon' | 'kbd'> { readonly icon: IconName; readonly label: string; readonly kbd?: string; readonly tooltip?: boolean }

/** An icon with a name for screen readers and a tooltip that shows the name and its key. Never for danger. */
export function IconButton({ label, kbd, tooltip = true, disabledReason, ...rest }: IconButtonProps) {
  const button = <Button {...rest} aria-label={label} disabledReason={disabledReason} />;
  return tooltip && !disabledReason ? <Tooltip content={<span className="row gap1">{label}{kbd && <Kbd>{kbd}</Kbd>}</span>}>{button}</Tooltip> : button;
}
