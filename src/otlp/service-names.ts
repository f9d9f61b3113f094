// The services of a request's resources, also of those that hold no record.
import { decodeUtf8 } from '../base/index.ts';
import { Around } from './around.ts';
import type { RequestView, ServiceNames } from './types.ts';
import { levelResource, nLevel, nodeStride, walked } from './view.ts';

/** service.name of each resource, by its ordinal; empty where it names none. */
export const serviceNames = (view: RequestView): readonly string[] => mapResources(view, nameOf);

/** The same, with what else a resource calls itself. */
export const allServiceNames = (view: RequestView): readonly ServiceNames[] => mapResources(view, (around, bytes) => ({ name: nameOf(around, bytes), also: around.otherServices }));

const nameOf = ({ serviceName }: Around, bytes: Uint8Array): string => decodeUtf8(bytes, serviceName.start, serviceName.end);

function mapResources<T>(view: RequestView, of: (around: Around, bytes: Uint8Array) => T): readonly T[] {
  const own = walked(view);
  const all: T[] = [];
  const around = new Around();
  around.reset(own);
  for (let node = 0; node * nodeStride < own.nodes.length; node++) {
    if (own.nodes[node * nodeStride + nLevel] !== levelResource) continue;
    around.enterResource(node);
    all.push(of(around, own.bytes));
  }
  return all;
}
