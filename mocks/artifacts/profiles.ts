// CPU profiles of the mock shop, as V8 writes them: a checkout that is busy with Hanoi between two quiet ends, one from before it had it, and
// one of its sibling that has not. Made from stacks with weights, always the same.

/** package:function, outermost first; how much of the time; whether only while the cart is priced. */
type Stack = readonly [frames: string, weight: number, busy?: true];

const handle = 'n:processTicksAndRejections f:Layer.handle f:next f:Route.dispatch a:handleCheckout';
const priced = `${handle} a:priceCart a:applyRules a:bestBundle`;
const hanoi = (deep: number, after = ''): string => `${priced}${' a:hanoi'.repeat(deep)}${after}`;
const drain = 'n:processTicksAndRejections a:drainOrders';
const read = 'n:Server.onread d:Connection.parse';

const ours: readonly Stack[] = [
  [hanoi(6, ' a:move'), 640, true], [hanoi(6), 1210, true], [hanoi(5, ' a:move'), 248, true], [hanoi(5), 520, true], [hanoi(4), 298, true], [hanoi(3), 186, true], [hanoi(2), 150, true], [hanoi(1), 114, true],
];
const others: readonly Stack[] = [
  [`${priced} a:scoreBundle v:sort a:byMargin`, 168], [`${priced} a:scoreBundle`, 162], [priced, 38], [`${handle} a:priceCart a:loadPrices d:Client.query d:Query.submit n:Socket.write v:writev`, 118], [`${handle} a:priceCart a:loadPrices d:Client.query d:serialize`, 64], [`${handle} a:priceCart a:loadPrices a:cacheGet`, 52],
  [`${handle} a:reserveStock d:Pool.connect d:Client.query d:Query.prepare d:utf8Length`, 74], [`${handle} a:reserveStock d:Pool.connect d:Client.query n:Socket.write v:writev`, 88], [`${handle} a:rememberSession a:sessionCache.set v:set`, 176], [`${handle} a:rememberSession a:sessionCache.set a:cloneCart v:structuredClone`, 214],
  [`${handle} a:sendReply v:stringify`, 166], [`${handle} a:sendReply f:res.json f:res.send n:OutgoingMessage.end n:Socket.write`, 92], [`${handle} a:validateOrder a:checkSchema a:checkField`, 126], [`${handle} t:startSpan t:Span v:hrtime`, 58],
  ['n:processTicksAndRejections f:Layer.handle f:next f:bodyParser v:parse', 148], [`${drain} a:takeBatch d:Client.query d:parseRow d:parseDate`, 142], [`${drain} a:takeBatch d:Client.query d:parseRow d:parseNumeric`, 96], [`${drain} a:settle a:chargeCard n:fetch n:Agent.dispatch v:tlsWrite`, 128], [`${drain} a:settle a:writeReceipt v:format`, 104], [`${drain} t:emitLog t:encodeLog`, 48],
  [`${read} d:Parser.handle d:parseRow v:slice`, 132], [`${read} d:Parser.mergeBuffer`, 54], ['n:Server.onread n:HTTPParser.execute n:onHeadersComplete f:app.handle', 118], ['n:listOnTimeout t:BatchProcessor.flush t:exportBatch t:encodeSpans t:writeVarint', 96], ['n:listOnTimeout t:BatchProcessor.flush t:exportBatch v:gzip', 110], ['n:listOnTimeout a:sweepSessions a:isStale', 164], ['GC', 534], ['(program)', 92],
];
const idle: readonly Stack[] = [['(idle)', 700]];

const app = '/shop/checkout/src';
const folders: Readonly<Record<string, string>> = { f: 'node_modules/express/lib', d: 'node_modules/pg/lib', t: 'node_modules/@opentelemetry/sdk-logs/build/src' };
function urlOf(kind: string, name: string): string {
  if (kind === 'n') return 'node:internal/process/task_queues';
  if (kind === 'a') return `file://${app}/${/hanoi|move|price|bundle|margin|rules/i.test(name) ? 'pricing' : 'orders'}/${name.split('.')[0] ?? name}.ts`;
  return folders[kind] === undefined ? '' : `file:///shop/checkout/${folders[kind]}/${(name.split('.')[0] ?? name).toLowerCase()}.js`;
}

interface Node { readonly id: number; readonly callFrame: object; hitCount: number; readonly children: number[]; readonly positionTicks: { line: number; ticks: number }[] }

/** What every run of an action brings: small, and quick to make. */
export const briefProfile = (): Uint8Array => madeCpuProfile({ hot: true, seconds: 3, startUnixMs: Date.UTC(2026, 2, 12, 14), seed: 9 });

export interface MadeProfile { readonly hot: boolean; readonly seconds: number; readonly startUnixMs: number; readonly seed: number }

/** About a sample a millisecond. */
export function madeCpuProfile({ hot, seconds, startUnixMs, seed }: MadeProfile): Uint8Array {
  const nodes: Node[] = [];
  const byPath = new Map<string, Node>();
  const nodeOf = (path: readonly string[]): Node => {
    const known = byPath.get(path.join(' '));
    if (known !== undefined) return known;
    const [kind, name] = /^(\w):(.*)$/.exec(path.at(-1) ?? '')?.slice(1) ?? ['', path.at(-1) === 'GC' ? '(garbage collector)' : path.at(-1) ?? '(root)'];
    const line = kind === '' || kind === 'v' ? -1 : 10 + ((name ?? '').length * 7) % 60;
    const node: Node = { id: nodes.length + 1, callFrame: { functionName: name, scriptId: String(kind === '' ? 0 : 40 + (kind?.charCodeAt(0) ?? 0)), url: urlOf(kind ?? '', name ?? ''), lineNumber: line, columnNumber: line < 0 ? -1 : 2 }, hitCount: 0, children: [], positionTicks: [] };
    nodes.push(node);
    byPath.set(path.join(' '), node);
    if (path.length > 0) nodeOf(path.slice(0, -1)).children.push(node.id);
    return node;
  };
  nodeOf([]);
  const random = randoms(seed);
  const [samples, timeDeltas]: [number[], number[]] = [[], []];
  let [atMs, left] = [0, 0];
  let node = nodeOf([]);
  while (atMs < seconds * 1000) {
    if (left-- <= 0) { node = nodeOf(pick(hot && atMs > 900 && atMs < seconds * 1000 - 1300 ? [...ours, ...others] : [...others, ...idle], random()).split(' ')); left = Math.floor(random() * 24); }
    const deltaMs = 0.6 + random() * 0.9;
    atMs += deltaMs;
    node.hitCount++;
    tick(node, random());
    samples.push(node.id);
    timeDeltas.push(Math.round(deltaMs * 1000));
  }
  const start = startUnixMs * 1000;
  return new TextEncoder().encode(JSON.stringify({ nodes, startTime: start, endTime: start + Math.round(atMs * 1000), samples, timeDeltas }));
}

function tick(node: Node, random: number): void {
  const { lineNumber } = node.callFrame as { readonly lineNumber: number };
  if (lineNumber < 0) return;
  const line = lineNumber + 1 + (random < 0.5 ? 1 : random < 0.83 ? 2 : 3);
  const known = node.positionTicks.find(each => each.line === line);
  if (known === undefined) node.positionTicks.push({ line, ticks: 1 }); else known.ticks++;
}

function pick(stacks: readonly Stack[], random: number): string {
  let left = random * stacks.reduce((sum, [, weight]) => sum + weight, 0);
  return (stacks.find(([, weight]) => (left -= weight) < 0) ?? stacks[0])?.[0] ?? '';
}

/** Numbers of 0 to 1 that are the same each time (a linear congruential generator). */
function randoms(seed: number): () => number {
  let state = seed >>> 0;
  return () => { state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; return state / 2 ** 32; };
}

/** The same work as folded stacks, as another tool would write them. */
export const foldedStacks = (): Uint8Array => new TextEncoder().encode(others.map(([frames, weight]) => `${frames.replaceAll(/(^| )\w:/g, ' ').trim().split(' ').join(';')} ${weight}\n`).join(''));
