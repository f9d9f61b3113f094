// What the picture of a machine shows, and where: no box on another, no label on a box or on another label, everything in view.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MachineDocument } from '../../../../model/index.ts';
import { durationWords } from './duration-words.ts';
import { edgesOf, nodesOf } from './flow-elements.ts';
import { overlap, type Rect } from './geometry.ts';
import { graphOf, shortGuard } from './graph-model.ts';
import { extentOf, routesOf } from './routes.ts';
import { ledTo, selectionOf, wholeMachine } from './selection.ts';

const machine = (states: MachineDocument['states'], more: Partial<MachineDocument> = {}): MachineDocument =>
  ({ weir: 1, kind: 'state-machine', name: 'net', description: '', location: 'on-box', targets: '', order: 100, key: [], initial: Object.keys(states)[0] ?? 'none', states, ...more });
const deep = 'EventName == "QueueDepth" and toint(Attributes.depth) > 200';
const queue = machine({
  idle: { on: [{ when: deep, to: 'growing' }] },
  growing: { after: { '60s': 'idle' }, on: [{ when: deep, count: 5, within: '30s', to: 'stuck' }] },
  stuck: { enter: [{ action: 'cpu-sample', duration: '10s' }, { action: 'memory-dump' }], after: { '5m': 'idle' } },
});

/** Labels of a picture that cover something, as pairs of names. */
function covered(document: MachineDocument): readonly string[] {
  const { boxes, arrows } = graphOf(document);
  const things = [...boxes.map((box): [string, Rect] => [box.name, box]), ...[...routesOf(boxes, arrows)].map(([id, { label }]): [string, Rect] => [id, label])];
  return things.flatMap(([name, rect], i) => things.slice(i + 1).filter(([, other]) => overlap(rect, other)).map(([other]) => `${name} on ${other}`));
}

describe('the graph', () => {
  it('says what boxes and arrows mean in few words', () => {
    const { boxes, arrows } = graphOf(queue);
    expect(boxes.map(({ name, initial, timers, actions, reachable }) => ({ name, initial, timers, actions, reachable }))).toEqual([
      { name: 'idle', initial: true, timers: [], actions: [], reachable: true }, { name: 'growing', initial: false, timers: ['idle after 60 s'], actions: [], reachable: true },
      { name: 'stuck', initial: false, timers: ['idle after 5 m'], actions: ['cpu-sample 10 s', 'memory-dump'], reachable: true },
    ]);
    expect(arrows.map(({ id, event, label, detail }) => [id, event, label, detail])).toEqual([
      ['idle/on/0', 'QueueDepth', 'depth > 200', ''], ['growing/on/0', 'QueueDepth', 'depth > 200', '5 within 30 s'], ['growing/after/60s', '', 'after 60 s', ''], ['stuck/after/5m', '', 'after 5 m', ''],
    ]);
  });

  it('keeps a label short', () => {
    expect(shortGuard('Attributes["queue.name"] == "orders"')).toBe('queue.name == "orders"');
    expect(shortGuard('x'.repeat(99))).toHaveLength(22);
    expect(shortGuard('EventName == "QueueDepth"')).toBe('QueueDepth');
    expect(shortGuard('EventName == ""')).toBe('choose an event');
    expect(shortGuard('EventName == "QueueDepth" and ServiceName == "checkout" and toint(Attributes.depth) > 200')).toBe('depth > 200 +1');
  });

  it('leaves out arrows to states that do not exist, and marks what nothing leads to', () => {
    const { boxes, arrows } = graphOf(machine({ a: { on: [{ when: 'true', to: 'gone' }] }, lost: { after: { '1m': 'a' } } }));
    expect(arrows.map(({ id }) => id)).toEqual(['lost/after/1m']);
    expect(boxes.map(({ reachable }) => reachable)).toEqual([true, false]);
  });

  it('keeps the places of the document, and puts the others beside them', () => {
    const { boxes } = graphOf({ ...queue, layout: { idle: { x: 480, y: 120 }, nowhere: { x: 0, y: 0 } } });
    expect(boxes[0]).toMatchObject({ name: 'idle', x: 480, y: 120 });
    expect(boxes.filter((box) => boxes.some((other) => other !== box && overlap(box, other)))).toEqual([]);
  });

  it('covers nothing in the machine of the documentation, however near its boxes stand', () => {
    expect(covered(queue)).toEqual([]);
    expect(covered({ ...queue, layout: { idle: { x: 40, y: 120 }, growing: { x: 320, y: 120 }, stuck: { x: 600, y: 120 } } })).toEqual([]);
    expect(covered({ ...queue, layout: { idle: { x: 40, y: 0 }, growing: { x: 40, y: 90 }, stuck: { x: 40, y: 180 } } })).toEqual([]);
  });

  it('covers nothing with loops, arrows there and back, and several between the same two', () => {
    expect(covered(machine({
      calm: { on: [{ when: 'EventName == "A"', to: 'warm' }, { when: 'EventName == "Tick"', to: 'calm' }] },
      warm: { on: [{ when: deep, to: 'hot' }, { when: deep, count: 3, within: '10s', to: 'hot' }, { when: 'EventName == "Cool"', to: 'calm' }], after: { '60s': 'calm', '5m': 'hot' } },
      hot: { enter: [{ action: 'cpu-sample' }], on: [{ when: 'EventName == "Self"', to: 'hot' }, { when: 'EventName == "Again"', to: 'warm' }], after: { '10m': 'calm' } },
    }))).toEqual([]);
  });

  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const transition = fc.record({ when: fc.constantFrom('EventName == "A"', deep, 'true'), to: name, count: fc.option(fc.integer({ min: 2, max: 99 }), { nil: undefined }) });
  const state = fc.record({ on: fc.array(transition, { maxLength: 2 }), after: fc.option(name.map((to) => ({ '30s': to })), { nil: undefined }), enter: fc.array(fc.constant({ action: 'cpu-sample' as const }), { maxLength: 3 }) });
  const anyMachine = fc.tuple(state, state, state, state, state).map(([a, b, c, d, e]) => machine({ a, b, c, d, e } as MachineDocument['states']));

  it('covers nothing in machines of five states with two transitions and a timer each', () => {
    fc.assert(fc.property(anyMachine, (document) => { expect(covered(document)).toEqual([]); }), { numRuns: 300 });
  });

  it('is the same every time, and all of it lies in its extent', () => {
    fc.assert(fc.property(anyMachine, (document) => {
      const { boxes, arrows } = graphOf(document);
      const routes = routesOf(boxes, arrows);
      expect([...routes]).toEqual([...routesOf(graphOf(document).boxes, arrows)]);
      const extent = extentOf(boxes, routes);
      for (const { x, y, width, height } of [...boxes, ...[...routes.values()].map(({ label }) => label)]) {
        expect(x >= extent.x && y >= extent.y && x + width <= extent.x + extent.width && y + height <= extent.y + extent.height).toBe(true);
      }
    }), { numRuns: 60 });
  });

  it('puts many states below one another instead of ever further to the right', () => {
    const names = Array.from({ length: 20 }, (_, i) => `s${i}`);
    const chain = machine(Object.fromEntries(names.map((each, i) => [each, { on: [{ when: 'true', to: names[i + 1] ?? 's0' }] }])));
    expect(Math.max(...graphOf(chain).boxes.map(({ x }) => x))).toBeLessThan(1800);
  });
});

describe('durations', () => {
  it('are written in one way', () => expect(['30s', '1.5h', '500ms', '7d', 'soon', ''].map(durationWords)).toEqual(['30 s', '1.5 h', '500 ms', '7 d', 'soon', '']));
});

describe('what a replay is at', () => {
  const { boxes, arrows } = graphOf(queue);
  const shown = { selection: wholeMachine, at: 'stuck', counts: { idle: 14, stuck: 1 }, problemAt: () => null, readOnly: true };
  it('marks its state, and says how many are in each', () => {
    const nodes = nodesOf(boxes, shown);
    expect(nodes.map(({ data: { at, count } }) => [at, count])).toEqual([[false, 14], [false, null], [true, 1]]);
    expect(nodes.map(({ ariaLabel }) => ariaLabel)).toEqual([expect.stringContaining('14 keys now'), expect.not.stringContaining('now'), expect.stringContaining('1 key now')]);
  });
  it('marks the state that a transition or a timer leads to', () => {
    const to = graphOf(queue).arrows.map((arrow) => [arrow.to, ledTo(queue, selectionOf(arrow))]);
    expect(to.length).toBeGreaterThan(2);
    for (const [wanted, led] of to) expect(led).toBe(wanted);
    expect([ledTo(queue, wholeMachine), ledTo(queue, { kind: 'transition', state: 'growing', index: 9 })]).toEqual([null, null]);
  });
  it('marks its transition', () => {
    const edges = edgesOf(arrows, routesOf(boxes, arrows), { selection: wholeMachine, highlight: { kind: 'transition', state: 'growing', index: 0 } });
    expect(edges.filter(({ selected }) => selected).map(({ id }) => id)).toEqual(['growing/on/0']);
  });
});
