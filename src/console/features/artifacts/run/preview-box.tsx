// What the action would cost, before it runs: pause, memory, disk, headroom, risk, limits, and what stands in its way.
import type { ActionPreview } from '../../../../model/index.ts';
import { Checkbox, Chip, formatBytes, formatDuration, Icon, Skeleton } from '../../../ui/index.ts';
import type { ChipTone } from '../../../ui/index.ts';
import { pauseRange } from '../words/pause-words.ts';
import { limitWords } from './limit-words.ts';
import { LoadFailure } from '../words/load-failure.tsx';

export interface PreviewBoxProps { /** Why there is nothing to preview yet; null when there is. */ readonly waitsFor: string | null; readonly preview: ActionPreview | undefined; readonly error: unknown; readonly force: boolean; readonly onForce: (force: boolean) => void }

const tones: Readonly<Record<ActionPreview['risk']['level'], ChipTone>> = { low: 'plain', medium: 'attn', high: 'danger' };

export function PreviewBox({ waitsFor, preview, error, force, onForce }: PreviewBoxProps) {
  if (waitsFor !== null) return <section className="run-preview" aria-label="Cost and risk"><p className="dump-note t3">{waitsFor}</p></section>;
  if (preview === undefined) return <section className="run-preview" aria-label="Cost and risk">{error === null ? <div className="dump-note" role="status" aria-label="Asking the agent"><Skeleton width={220} /></div> : <LoadFailure error={error} />}</section>;
  const { risk, sensitive, problems, limits } = preview;
  // The agent's own reasons mostly say it already.
  const saysSo = risk.reasons.some(reason => reason.includes('no detector'));
  const refused = problems.some(problem => !problem.canForce);
  const canForce = problems.length > 0 && problems.every(problem => problem.canForce);
  return (
    <section className="run-preview" aria-label="Cost and risk">
      {problems.map(({ code, message, help, canForce: warns }) => <div key={code + message} className={warns ? 'dump-note warn' : 'dump-note bad'} role="status"><Icon name="warn" size="s" className={warns ? 'amb' : 'red'} /><div><b className="md t1">{message}</b>{help !== undefined && <p>{help}</p>}</div></div>)}
      {refused
        ? <div className="dump-note"><Chip tone="danger">refused</Chip><span className="t3">It would not start, so it costs nothing.</span></div>
        : <div className="dump-note"><Chip tone={tones[risk.level]}>{risk.level} risk</Chip><span>{risk.reasons.join(' ')}{sensitive && !saysSo && <b className="amb"> It brings contents that no detector can mask.</b>}</span></div>}
      <Costs preview={preview} />
      <p className="dump-note t3">{limitWords(limits)}</p>
      {canForce && <div className="dump-note"><Checkbox checked={force} onChange={onForce}>Run it all the same: I accept what it costs</Checkbox></div>}
    </section>
  );
}

const about = (value: number | null, format: (value: number) => string) => (value === null ? <span className="t3">not known</span> : value === 0 ? 'none' : <><span className="t3">≈ </span>{format(value)}</>);

function Costs({ preview: { means, pauseMs, pauseMostMs, memoryBytes, diskBytes, durationMs, headroom } }: { readonly preview: ActionPreview }) {
  const free = (bytes: number | null) => (bytes === null ? null : <span className="t3">, {formatBytes(bytes)} free</span>);
  return (
    <dl className="dump-facts">
      <div><dt>By</dt><dd>{means}</dd></div>
      <div><dt>Pause, estimated</dt><dd className={(pauseMs ?? 0) > 1000 ? 'amb md' : undefined}>{about(pauseMs, ms => pauseRange(ms, pauseMostMs))}{(pauseMs ?? 0) > 0 && <span className="t3">{pauseMostMs == null ? ', longer where the machine is busy' : ', the longer where the machine is busy'}</span>}</dd></div>
      <div><dt>Takes</dt><dd>{about(durationMs, formatDuration)}</dd></div>
      <div><dt>Memory, estimated</dt><dd>{about(memoryBytes, formatBytes)}{free(headroom.memoryBytes)}</dd></div>
      <div><dt>Disk, estimated</dt><dd>{about(diskBytes, formatBytes)}{free(headroom.diskBytes)}</dd></div>
    </dl>
  );
}
