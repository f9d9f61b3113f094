// Panes are hairlines, not cards: a ground, a 28 px header, and what lies in it. ViewBar is the 36 px bar at the top of a view.
import type { CSSProperties, ReactNode } from 'react';

export interface PaneProps { readonly children: ReactNode; readonly className?: string; /** The dark ground where data lies. */ readonly well?: boolean; readonly label?: string; readonly style?: CSSProperties }

export function Pane({ children, className = '', well = false, label, style }: PaneProps) {
  const classes = ['pane', well ? 'well' : '', className].filter(Boolean).join(' ');
  return label === undefined ? <div className={classes} style={style}>{children}</div> : <section className={classes} aria-label={label} style={style}>{children}</section>;
}

export interface PaneHeaderProps { readonly title: ReactNode; readonly meta?: ReactNode; readonly children?: ReactNode; readonly bare?: boolean }

/** `meta` is the quiet figure beside the title; `children` sit at the right end. */
export function PaneHeader({ title, meta, children, bare = false }: PaneHeaderProps) {
  return <div className="ph" style={bare ? { border: 0 } : undefined}><h2>{title}</h2>{meta !== undefined && <span className="meta ell">{meta}</span>}{children !== undefined && <span className="row end">{children}</span>}</div>;
}

export function ViewBar({ title, meta, children }: { readonly title: ReactNode; readonly meta?: ReactNode; readonly children?: ReactNode }) {
  return <div className="bar"><h1>{title}</h1>{meta !== undefined && <span className="t3 ell">{meta}</span>}{children !== undefined && <span className="row end">{children}</span>}</div>;
}
