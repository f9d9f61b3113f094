// Large .cpuprofile files for benches, generated from a seed: stacks like a server's, of as many nodes, samples and bytes as are asked for.
// Written piece after piece into one buffer; never one string.

/** Bytes: about; names of files are padded up to it. */
export interface LargeProfile { readonly nodes: number; readonly samples: number; readonly bytes: number }

/** Of the goals: many nodes; many samples; very many. */
export const largeProfiles = {
  '75 MB': { nodes: 469_000, samples: 51_000, bytes: 75e6 },
  '1 M samples': { nodes: 30_000, samples: 1_000_000, bytes: 13.5e6 },
  '6 M samples': { nodes: 30_000, samples: 6_000_000, bytes: 57e6 },
} as const satisfies Readonly<Record<string, LargeProfile>>;

/** Plain ASCII only. */
class Writer {
  readonly #bytes: Uint8Array;
  #at = 0;
  constructor(size: number) { this.#bytes = new Uint8Array(size); }
  text(text: string): void { for (let at = 0; at < text.length; at++) this.#bytes[this.#at++] = text.charCodeAt(at); }
  done(): Uint8Array { return this.#bytes.subarray(0, this.#at); }
}

/** Seeded, so that every run reads the same file (Lehmer, 31 bits). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => { state = (state * 48271) % 0x7fffffff; return state % below; };
}

export function largeCpuProfile({ nodes, samples, bytes }: LargeProfile): Uint8Array {
  const random = numbers(20_260_301);
  const writer = new Writer(bytes * 1.5);
  const children = childLists(nodes, random);
  const padding = Math.max(0, Math.round((bytes - samples * 9.2) / nodes) - 163);
  writer.text('{"nodes":[');
  for (let node = 0; node < nodes; node++) writer.text(`${node === 0 ? '' : ','}${nodeText(node, children[node]!, node === 0 ? 0 : random(9000), padding)}`);
  writer.text('],"startTime":1000000,"endTime":9000000000,"samples":[');
  for (let row = 0, node = 0; row < samples; row++) {
    node = nextNode(node, nodes, random);
    writer.text(`${row === 0 ? '' : ','}${node + 1}`);
  }
  writer.text('],"timeDeltas":[');
  for (let row = 0; row < samples; row++) writer.text(`${row === 0 ? '' : ','}${random(900) + 100}`);
  writer.text(']}');
  return writer.done();
}

/** Stacks like a server's: 30 to 60 deep, most nodes with one child. */
function childLists(nodes: number, random: (below: number) => number): readonly (readonly number[])[] {
  const lists: number[][] = Array.from({ length: nodes }, () => []);
  const parent = new Int32Array(nodes);
  const depth = new Int32Array(nodes);
  for (let node = 1; node < nodes; node++) {
    let above = node - 1;
    for (let up = random(8) === 0 || depth[above] === 60 ? 1 + random(30) : 0; up > 0; up--) above = parent[above]!;
    parent[node] = above;
    depth[node] = depth[above]! + 1;
    lists[above]!.push(node + 1);
  }
  return lists;
}

/** Mostly where the sample before was or close by, as a program that moves from call to call. */
function nextNode(node: number, nodes: number, random: (below: number) => number): number {
  const chance = random(100);
  if (node === 0 || chance === 0) return 1 + random(nodes - 1);
  return chance < 60 ? node : Math.min(nodes - 1, Math.max(1, node + random(21) - 10));
}

function nodeText(node: number, children: readonly number[], fn: number, padding: number): string {
  const name = node === 0 ? '(root)' : `handle${fn}`;
  const url = node === 0 ? '' : `/app/src/${'x'.repeat(padding)}${fn % 700}.js`;
  return `{"id":${node + 1},"callFrame":{"functionName":"${name}","scriptId":"${fn % 700}","url":"${url}","lineNumber":${fn % 900},"columnNumber":${fn % 70}},"hitCount":0${children.length === 0 ? '' : `,"children":[${children.join(',')}]`}}`;
}
