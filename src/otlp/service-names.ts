// The services of a request's resources, also of those that hold no record.
import { decodeUtf8 } from '../base/index.ts';
import { Around } from './around.ts';
import type { RequestView } from './types.ts';
import { levelResource, nLevel, nodeStride, walked } from './view.ts';

/** service.name of each resource, by its ordinal; empty where it names none. */
export function serviceNames(view: RequestView): readonly string[] {
  const own = walked(view);
  const names: string[] = [];
  const around = new Around();
  around.reset(own);
  for (let node = 0; node * nodeStride < own.nodes.length; node++) {
    if (own.nodes[node * nodeStride + nLevel] !== levelResource) continue;
    around.enterResource(node);
    names.push(decodeUtf8(own.bytes, around.serviceName.start, around.serviceName.end));
  }
  return names;
}
