// A small labelled state. `sampled` is dashed amber (a share is shown, not all); `pending` is dashed grey (not yet).
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-paths.ts';

export type ChipTone = 'plain' | 'accent' | 'attn' | 'danger' | 'line' | 'solid' | 'sampled' | 'pending';
export interface ChipProps { readonly tone?: ChipTone; readonly icon?: IconName; readonly title?: string; readonly children: ReactNode }

export function Chip({ tone = 'plain', icon, title, children }: ChipProps) {
  return <span className={tone === 'plain' ? 'chip' : `chip ${tone}`} title={title}>{icon && <Icon name={icon} size="xs" />}{children}</span>;
}
