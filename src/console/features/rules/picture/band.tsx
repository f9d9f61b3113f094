// Between two boxes: a band as wide as the rate, a plain line while it is unknown, and the + that puts a step there.
import { bandBox, bandPath } from './flow.ts';
import { AddMenu } from './add-menu.tsx';
import type { BlockFlow } from './types.ts';
import type { StepWords } from './words.ts';

export interface BandProps {
  readonly index: number; readonly flow: readonly BlockFlow[] | null; readonly choices: readonly StepWords[]; readonly label: string;
  readonly open: boolean; readonly onOpenChange: (open: boolean) => void; readonly onChoose: (keyword: string) => void;
}

/** `index` is the block above. */
export function Band({ index, flow, choices, label, open, onOpenChange, onChoose }: BandProps) {
  const { width, height } = bandBox;
  const path = flow === null ? null : bandPath(flow, index);
  return (
    <div className="qp-band">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>{path === null ? <path className="line" d={`M${width / 2} 0V${height}`} /> : <path className="flow" d={path} />}</svg>
      {choices.length > 0 && (
        <AddMenu label={label} choices={choices} open={open} onOpenChange={onOpenChange} onChoose={onChoose}>
          <button type="button" className="qp-plus" aria-label={label} title={label} tabIndex={-1}><svg viewBox="0 0 16 16" aria-hidden><path d="M8 4v8M4 8h8" /></svg></button>
        </AddMenu>
      )}
    </div>
  );
}
