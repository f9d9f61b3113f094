// A state machine over records, step by step: what came, what its guards said, where that led. Every record and timer that did
// something is a step; of the others the first few, so that a person sees what did nothing, and after that they are counted.
import { maskValue, type ClausePart, type Machine, type MachineEvent, type MachineLook } from '../../engine/index.ts';
import { codec, type RequestView } from '../../otlp/index.ts';
import { readRecord } from './record.ts';
import type { MachineStep } from './types.ts';

/** Steps kept: in all; at which some guard held, or part of one, without a transition; at which nothing held. */
const bounds = { all: 1000, near: 300, nothing: 40 };

interface Met { readonly look: MachineLook; readonly moves: number | null; readonly said: readonly ClausePart[] }

export class MachineReplay {
  readonly steps: MachineStep[] = [];
  readonly #machine: Machine;
  #passedOver = 0;
  #near = 0;
  #nothing = 0;
  #records = 0;

  constructor(machine: Machine) { this.#machine = machine; }

  /** Lets time pass to `at`, then takes the record. */
  feed(view: RequestView, index: number, at: bigint): readonly MachineEvent[] {
    const timers = this.#machine.advance(at);
    if (timers.length > 0) this.#timers(timers);
    this.#records++;
    const met = this.#meet(view, index);
    const events = this.#machine.feed(view, index, at);
    if (met === null) this.#passedOver++;
    else this.#record(this.#recordOf(view, index, at), at, met, events);
    return timers.length === 0 ? events : [...timers, ...events];
  }

  /** Time passes up to the last record and no further: timers behind it are not known. */
  #timers(events: readonly MachineEvent[]): void {
    const starts = events.flatMap(({ event }, i) => (event === 'transition' ? [i] : []));
    starts.forEach((start, i) => {
      const moved = events[start]!;
      if (moved.event !== 'transition') return;
      const { key, atUnixNano, from, to, because } = moved;
      this.#keep({ cause: 'timer', record: null, key, atUnixNano, from, to, via: null, guards: [], events: events.slice(start, starts[i + 1]), because });
    });
  }

  /** Null when the record is no step: it does nothing, and enough of its kind are shown. A guard that throws is an error of the machine, which counts it when it is fed. */
  #meet(view: RequestView, index: number): Met | null {
    if (this.steps.length >= bounds.all) return null;
    try {
      const look = this.#machine.look(view, index);
      const moves = look.guards.findIndex(({ outcome, have, need }) => outcome === true && have + 1 >= need);
      if (moves < 0 && !this.#hasRoom(look)) return null;
      const said = this.#machine.say(view, index);
      return { look, moves: moves < 0 ? null : moves, said };
    } catch { return null; }
  }

  #hasRoom({ guards }: MachineLook): boolean {
    return guards.some(({ outcome, near }) => outcome === true || near) ? ++this.#near <= bounds.near : ++this.#nothing <= bounds.nothing;
  }

  #record(record: MachineStep['record'], at: bigint, { look, moves, said }: Met, events: readonly MachineEvent[]): void {
    const moved = events.find((event) => event.event === 'transition');
    this.#keep({
      cause: 'record', record, key: look.key, atUnixNano: at, from: look.state, to: moved?.to ?? look.state, via: moved === undefined ? null : moves,
      guards: look.guards.map((guard, i) => ({ ...guard, said: said[i]! })), events, because: moved?.because ?? null,
    });
  }

  #recordOf(view: RequestView, index: number, at: bigint): MachineStep['record'] {
    const cursor = codec.cursor();
    cursor.reset(view);
    cursor.moveTo(index);
    const { signal, service, durableId, summary, columns, attributes, resource } = readRecord(cursor, -1, Number(at / 1_000_000n));
    const masked = maskValue(summary, signal === 'logs' ? 'Body' : 'Name');
    return { number: this.#records, signal, service, name: durableId, summary: typeof masked === 'string' ? masked : '', fields: { columns, attributes, resource } };
  }

  #keep(step: Omit<MachineStep, 'passedOver'>): void {
    if (this.steps.length >= bounds.all) { this.#passedOver++; return; }
    this.steps.push({ ...step, passedOver: this.#passedOver });
    this.#passedOver = 0;
  }

  /** Records that no step is kept of since the last one. */
  get passedOverAtEnd(): number { return this.#passedOver; }
}
