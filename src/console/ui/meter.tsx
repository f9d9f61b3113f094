// A bar that shows a share of a bound, and a progress line with what is left and Cancel.
import type { CSSProperties, ReactNode } from 'react';
import { Button } from './button.tsx';

export type MeterTone = 'plain' | 'accent' | 'attn' | 'danger' | 'quiet';
export interface MeterProps { /** 0 to 1; more is drawn full. */ readonly share: number; readonly tone?: MeterTone; readonly label: string; readonly height?: number; readonly width?: number; /** A tick at this share, 0 to 1. */ readonly limit?: number }

export function Meter({ share, tone = 'plain', label, height, width, limit }: MeterProps) {
  const percent = Math.round(Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0)) * 1000) / 10;
  const style: CSSProperties = { ...(height === undefined ? {} : { height }), ...(width === undefined ? { flex: 1 } : { width, flex: 'none' }) };
  return (
    <span className={tone === 'plain' ? 'meter' : `meter ${tone}`} role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} style={style}>
      <i style={{ width: `${percent}%` }} />{limit !== undefined && <i className="lim" style={{ left: `${limit * 100}%` }} />}
    </span>
  );
}

export interface ProgressProps { readonly label: string; readonly share: number; readonly left?: ReactNode; readonly onCancel?: () => void }

/** Long work: what, how far, what is left, Cancel. */
export function Progress({ label, share, left, onCancel }: ProgressProps) {
  return (
    <div className="row">
      <span className="ell">{label}</span>
      <progress className="vh" value={share} max={1} aria-label={label} />
      <span className="meter accent grow" aria-hidden="true" style={{ height: 6 }}><i style={{ width: `${Math.min(1, share) * 100}%` }} /></span>
      {left && <span className="meta t2 nw">{left}</span>}
      {onCancel && <Button size="s" onClick={onCancel}>Cancel</Button>}
    </div>
  );
}
