// The picture of a query: a chain of blocks beside the text, one truth for both. Every change here is an edit of that text.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { Button, Icon } from '../../../ui/index.ts';
import { AddMenu } from './add-menu.tsx';
import { Band } from './band.tsx';
import { BlockBox } from './block-box.tsx';
import { lineWords } from './flow.ts';
import { keyAct } from './keys.ts';
import './picture.css';
import { StatusLine } from './status-line.tsx';
import type { QueryPictureProps } from './types.ts';
import { useChain, type Chain } from './use-chain.ts';
import { sinkChoices, stepsOf, tableChoices } from './words.ts';

export function QueryPicture(props: QueryPictureProps) {
  const { text, reading, mode, selectedOffset } = props;
  const boxes = useRef<(HTMLButtonElement | null)[]>([]);
  const [adding, setAdding] = useState<number | null>(null);
  const boxAt = useCallback((index: number, box: HTMLButtonElement | null) => { boxes.current[index] = box; }, []);
  const focusBox = useCallback((index: number) => boxes.current[index]?.focus(), []);
  const chain = useChain(props, focusBox);
  const { blocks, stale } = chain;
  const chosen = selectedOffset === null || stale ? -1 : blocks.findLastIndex(({ start }) => start <= selectedOffset);
  useEffect(() => { boxes.current[chosen]?.scrollIntoView({ block: 'nearest' }); }, [chosen]);
  const empty = blocks.length === 0 && !stale;
  return (
    <div className="qp" data-stale={stale || undefined}>
      <div className="qp-scroll" role="group" aria-label="The rule as a chain of steps" aria-describedby="qp-status">
        {empty ? <Start mode={mode} onChoose={(table) => chain.add(0, table)} reading={reading.text === text} /> : <Steps {...props} chain={chain} boxAt={boxAt} focusBox={focusBox} chosen={chosen} adding={adding} setAdding={setAdding} />}
      </div>
      <StatusLine id="qp-status" {...props} stale={stale} empty={empty} />
    </div>
  );
}

interface StepsProps extends QueryPictureProps { readonly chain: Chain; readonly boxAt: (index: number, box: HTMLButtonElement | null) => void; readonly focusBox: (index: number) => void; readonly chosen: number; readonly adding: number | null; readonly setAdding: (at: number | null) => void }

function Steps(props: StepsProps) {
  const { chain, adding, setAdding, mode, flow } = props;
  const { blocks, stale } = chain;
  const steps = stepsOf(mode);
  const sinkAt = blocks.findIndex(({ kind }) => kind === 'sink');
  const measured = stale || flow?.length !== blocks.length ? null : flow;
  const wantsSink = mode === 'rule' && sinkAt < 0;
  return (
    <ol className="qp-chain">
      {blocks.map((block, i) => (
        // A block has no name of its own; its place in the chain is what it is.
        <li key={i}>
          <Step {...props} index={i} flow={measured} />
          {(i + 1 < blocks.length || sinkAt < 0) && block.kind !== 'let' && (
            <Band index={i} flow={i + 1 < blocks.length ? measured : null} choices={stale ? [] : steps} label={`Add a step after ${block.keyword}`} open={adding === i + 1} onOpenChange={(open) => setAdding(open ? i + 1 : null)} onChoose={(keyword) => chain.add(i + 1, keyword)} />
          )}
        </li>
      ))}
      {wantsSink && !stale && <li><SinkWanted open={adding === -1} onOpenChange={(open) => setAdding(open ? -1 : null)} onChoose={(sink) => chain.add(blocks.length, sink)} /></li>}
    </ol>
  );
}

function Step(props: StepsProps & { readonly index: number }) {
  const { chain, index, chosen, flow, text, problems } = props;
  const { blocks, readText, stale } = chain;
  const block = blocks[index]!;
  const move = (by: -1 | 1) => (block.kind === 'operator' && blocks[index + by]?.kind === 'operator' ? () => chain.move(index, by) : null);
  const canRemove = block.kind !== 'table' || blocks.length === index + 1;
  const problem = stale ? undefined : problems.find(({ severity, start, end }) => severity === 'error' && start < block.end && Math.max(end, start + 1) > block.start);
  const keyDown = (event: KeyboardEvent): void => {
    const act = keyAct(event);
    if (act === null) return;
    event.preventDefault();
    switch (act.act) {
      case 'focus': props.focusBox(Math.max(0, Math.min(blocks.length - 1, act.to === 'first' ? 0 : act.to === 'last' ? blocks.length - 1 : index + act.to))); break;
      case 'move': chain.move(index, act.by); break;
      case 'remove': chain.remove(index); break;
      case 'add': if (!stale) props.setAdding(block.kind === 'sink' ? index : index + 1); break;
    }
  };
  return (
    <BlockBox
      setBox={(box) => props.boxAt(index, box)} block={block} readText={readText} text={text} context={{ columns: block.columns, fields: props.fields, keyword: block.keyword, mode: props.mode, sinkNames: props.sinkNames ?? {} }}
      flow={flow?.[index] ?? null} note={props.tableNote ?? ''} lines={index === chosen ? lineWords(readText, block.start, block.end) : null} chosen={index === chosen} focusable={index === Math.max(0, chosen)} problem={problem === undefined ? null : [problem.message, problem.help].filter(Boolean).join(' ')}
      open={chain.editing === index} disabled={stale && chain.editing !== index} onOpenChange={(open) => chain.setEditing(open ? index : null)} onFocus={() => { if (!stale) props.onSelect({ start: block.start, end: block.end }); }} onKeyDown={keyDown}
      onEdit={props.onEdit} onRemove={canRemove ? () => chain.remove(index) : null} moves={{ up: move(-1), down: move(1) }}
    />
  );
}

function SinkWanted({ open, onOpenChange, onChoose }: { readonly open: boolean; readonly onOpenChange: (open: boolean) => void; readonly onChoose: (sink: string) => void }) {
  return (
    <div className="qp-step">
      <div className="qp-left" />
      <AddMenu label="What happens to these records" choices={sinkChoices} open={open} onOpenChange={onOpenChange} onChoose={onChoose}>
        <button type="button" className="qp-box wanted"><Icon name="plus" /><span className="grow"><b>What happens to these records?</b><span className="t3">A rule ends by saying it.</span></span></button>
      </AddMenu>
      <div className="qp-right" />
    </div>
  );
}

/** An empty rule: the first choice is where records come from. */
function Start({ mode, onChoose, reading }: { readonly mode: QueryPictureProps['mode']; readonly onChoose: (keyword: string) => void; readonly reading: boolean }) {
  if (!reading) return null;
  const choices = mode === 'rule' ? tableChoices : stepsOf(mode);
  return (
    <div className="qp-start">
      <h3>{mode === 'rule' ? 'Which records is the rule about?' : 'Which records?'}</h3>
      {choices.map(({ keyword, title, line, icon }) => <Button key={keyword} icon={icon} onClick={() => onChoose(keyword)}><span className="grow"><b className="md">{title}</b><span className="qp-line">{line}</span></span></Button>)}
    </div>
  );
}
