// One icon of our set. Decorative unless `label` is given.
import { iconPaths } from './icon-paths.ts';
import type { IconName } from './icon-paths.ts';

export interface IconProps { readonly name: IconName; readonly size?: 'm' | 's' | 'xs'; readonly className?: string; readonly label?: string }

/** 16 px (`s` 14, `xs` 12), drawn in the current text colour. */
export function Icon({ name, size = 'm', className = '', label }: IconProps) {
  const classes = `ic ${size === 'm' ? '' : size} ${className}`.trim();
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return <svg className={classes} viewBox="0 0 16 16" {...named}><path d={iconPaths[name]} strokeWidth={name === 'more' ? 2.2 : undefined} /></svg>;
}
