import { expect, it } from 'vitest';
import { Fleet, logs } from '../testing/fleet.ts';

it('an event that fell silent and came back is told as back once, and not as a step of its rate', () => {
  const order = { eventName: 'order.accepted', severityNumber: 9 }, heartbeat = { eventName: 'heartbeat', severityNumber: 9 };
  const fleet = new Fleet().run(130, (_, log) => log([...logs(4, () => order), heartbeat]));
  fleet.run(40, (_, log) => log([heartbeat]));
  expect(fleet.drifts.map(({ kind }) => kind)).toEqual(['gone-event']);
  expect(fleet.watch.takeBack()).toEqual([]);
  fleet.run(60, (_, log) => log([...logs(4, () => order), heartbeat]));
  expect(fleet.watch.takeBack().map(({ durableId }) => durableId)).toEqual(['order.accepted']);
  expect(fleet.drifts.map(({ kind }) => kind)).toEqual(['gone-event']);
});
