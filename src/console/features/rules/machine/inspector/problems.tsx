// What is wrong with the thing in hand, above its form.
import type { InspectorProps } from './types.ts';

export function Problems({ at, problemsAt }: { readonly at: string; readonly problemsAt: InspectorProps['problemsAt'] }) {
  const found = problemsAt(at);
  return found.length === 0 ? null : <ul className="net-problems" role="status">{found.map((each) => <li key={each}>{each}</li>)}</ul>;
}
