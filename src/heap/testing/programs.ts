// Programs whose heaps the tests look at, as source for `node --input-type=module -e`. `snapshot(name)` writes one into the folder
// that is the first argument.

const prelude = `
import { writeHeapSnapshot } from 'node:v8';
import { join } from 'node:path';
const snapshot = (name) => { writeHeapSnapshot(join(process.argv[1], name + '.heapsnapshot')); };
`;

/** A little of everything that V8 writes in its own way. The second argument is a secret: in a Map, a WeakMap, a dictionary, a class. */
export const everything = `${prelude}
import { EventEmitter } from 'node:events';
import net from 'node:net';
const secret = process.argv[2];
class Line { constructor(i) { this.sku = 's' + i; this.price = { amount: i, currency: 'EUR' }; } }
class Session { constructor(i) { this.id = 'sess-' + i + '-' + Math.random(); this.lines = [new Line(i), new Line(i + 1)]; this.at = new Date(); this.bytes = i % 50 === 0 ? Buffer.alloc(5000) : null; } }
const sessions = new Map(Array.from({ length: 800 }, (_, i) => ['k' + i, new Session(i)]));
sessions.set('secret', { token: secret + ' in a map' });
const keys = Array.from({ length: 300 }, (_, i) => ({ i, name: 'x' + i }));
const weak = new WeakMap(keys.map((key, i) => [key, { data: new Array(10).fill(i), of: 'v' + i }]));
weak.set(keys[0], secret + ' in a weak map');
const weakToo = new WeakMap(keys.map((key) => [key, weak.get(key)]));
const registry = new FinalizationRegistry(() => {});
for (const key of keys) registry.register(key, key.name);
const emitter = new EventEmitter().setMaxListeners(0);
for (let i = 0; i < 200; i++) { const held = { i, text: 'p' + i }; emitter.on('data', () => held); }
const cycles = Array.from({ length: 100 }, (_, n) => { const a = { n }; a.b = { a }; return a; });
const joined = Array.from({ length: 100 }, (_, i) => 'the left part of a string ' + i + cycles.length);
const sliced = joined.map((text) => (text + text).slice(3, 40));
function* counting() { const held = [1, 2]; yield held; }
const generators = Array.from({ length: 20 }, () => { const one = counting(); one.next(); return one; });
const timers = Array.from({ length: 30 }, (_, i) => new Promise((done) => setTimeout(done, 1e6, i).unref()));
const dictionary = Object.fromEntries(Array.from({ length: 300 }, (_, i) => ['user' + i, i]));
dictionary[secret + ' in a dictionary'] = 1;
const odd = [JSON.parse('{"a,b":1,"\\\\"q\\\\"":2}'), JSON.parse('{"a,b":1,"\\\\"q\\\\"":2}'), { '\\u00e9\\u{1f600}': '\\u00fc\\u{1f600}\\u0001' }];
const server = net.createServer();
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const sockets = [];
for (let i = 0; i < 4; i++) { const socket = net.connect(server.address().port, '127.0.0.1'); await new Promise((done) => socket.on('connect', done)); sockets.push(socket); }
for (const socket of sockets.slice(1)) await new Promise((done) => { socket.on('close', done); socket.destroy(); });
const duplicates = Array.from({ length: 50 }, () => JSON.parse('"twice and ' + 'again"'));
globalThis.kept = { sessions, weak, weakToo, keys, refs: keys.map((key) => new WeakRef(key)), registry, emitter, cycles, joined, sliced, generators, timers, dictionary, odd, sockets, duplicates,
  numbers: [1.5, 2.5], floats: new Float64Array(1000), set: new Set([1, '2', keys]), pattern: /ab+c/gi, symbol: Symbol('s'), big: 10n ** 40n, proxies: keys.slice(0, 20).map((key) => new Proxy(key, {})) };
snapshot('everything');
process.exit(0);
`;

/** One process through its day: idle, then leaks of several kinds, one at a time. */
export const leaks = `${prelude}
import { EventEmitter } from 'node:events';
import net from 'node:net';
let sessionCache = null, requestLog = null, pool = null, jobs = null, idleSockets = null;
// Functions that outlive the module hold its variables.
globalThis.handlers = [() => sessionCache, () => requestLog, () => pool, () => jobs, () => idleSockets];
snapshot('idle');
class CartSession { constructor(i) { this.id = 'session ' + i; this.lines = [{ sku: i }, { sku: i + 1 }]; } }
sessionCache = new Map();
for (let i = 0; i < 2000; i++) sessionCache.set('k' + i, new CartSession(i));
snapshot('map-small');
for (let i = 2000; i < 12000; i++) sessionCache.set('k' + i, new CartSession(i));
snapshot('map');
sessionCache = null;
requestLog = [];
for (let i = 0; i < 20000; i++) requestLog.push({ url: '/cart/' + i, at: [i] });
snapshot('array');
requestLog = null;
pool = new EventEmitter().setMaxListeners(0);
for (let i = 0; i < 8000; i++) { const request = { i, text: 'request ' + i, lines: [i, i] }; pool.on('release', () => request); }
snapshot('listeners');
pool = null;
class Job { constructor(next) { this.next = next; this.payload = { bytes: new Array(20).fill(1.5) }; } }
for (let i = 0; i < 15000; i++) jobs = new Job(jobs);
snapshot('chain');
jobs = null;
idleSockets = Array.from({ length: 300 }, () => { const socket = new net.Socket(); socket.destroy(); socket.kept = new Array(64).fill(1.5); return socket; });
snapshot('sockets');
process.exit(0);
`;

/** Sessions with lines, as many as the second argument says: 38,000 make 0.9 million nodes, 295,000 make 7 million. */
export const sessions = `${prelude}
class CartLine { constructor(i) { this.sku = 'sku-' + (i % 5000); this.quantity = i % 7; this.price = { amount: i * 1.5, currency: i % 3 ? 'EUR' : 'USD' }; } }
class CartSession {
  constructor(i) {
    this.id = 'sess-' + i.toString(36) + '-' + ((i * 7919) % 1e9).toString(36);
    this.lines = [new CartLine(i), new CartLine(i + 1), new CartLine(i + 2)];
    this.createdAt = new Date();
    this.tags = { region: 'eu-west', n: i };
    this.onChange = () => this.lines.length + i;
  }
}
const count = Number(process.argv[2]);
const sessionCache = new Map();
for (let i = 0; i < count; i++) sessionCache.set('k' + i, new CartSession(i));
globalThis.handler = () => sessionCache;
snapshot('sessions-' + count);
process.exit(0);
`;
