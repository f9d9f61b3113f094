// Deployments of redacting rules that leaks are counted from: what left since then is known to the report, not to a bucket.
export interface Deployment { readonly ruleId: string; /** Of the fleet's configuration. */ readonly revision: number; readonly atMs: number }

/** The newest that leaks are counted from. */
const mostDeployments = 16;
const nameOf = ({ ruleId, revision }: Deployment): string => `${ruleId}@${revision}`;

export class Deployments {
  #newest: readonly Deployment[] = [];

  /** One that is known already keeps its time. True when one was not. */
  add(deployments: readonly Deployment[]): boolean {
    const known = new Set(this.#newest.map(nameOf));
    const fresh = deployments.filter((one) => !known.has(nameOf(one)));
    this.#newest = [...this.#newest, ...fresh].toSorted((a, b) => b.atMs - a.atMs).slice(0, mostDeployments);
    return fresh.length > 0;
  }

  /** Of `count` findings between two times, how many came after each deployment. Where one lies between the two, the findings
   *  between are taken to lie evenly: they are of one second. */
  after({ firstMs, lastMs }: { readonly firstMs: number; readonly lastMs: number }, count: number): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#newest.map((one) => [nameOf(one), share(one.atMs, firstMs, lastMs, count)]));
  }

  /** The name under which leaks since the rule's newest deployment are counted; null when they are not. */
  nameOf(ruleId: string): string | null {
    const newest = this.#newest.find((one) => one.ruleId === ruleId);
    return newest === undefined ? null : nameOf(newest);
  }
}

function share(atMs: number, firstMs: number, lastMs: number, count: number): number {
  if (atMs <= firstMs) return count;
  if (atMs > lastMs) return 0;
  // The first came before, the last after.
  return Math.max(1, Math.min(count - 1, 1 + Math.round((count - 2) * (lastMs - atMs) / (lastMs - firstMs))));
}
