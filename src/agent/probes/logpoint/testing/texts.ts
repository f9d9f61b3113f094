// Texts of programs that know nothing of Weir.

/** Ten times a second ten moves. `trap` counts what a probe must not run. */
export const gameText = `let trap = 0, n = 0;
function move(user, moves) {
  const left = moves - 1; const big = { deep: { deeper: { deepest: [1, 2, 3] } }, list: Array.from({ length: 500 }, (_, i) => i), text: 'x'.repeat(5000) };
  debugger;
  return left + big.list.length;
}
class User { constructor(name) { this.name = name; } get secret() { trap++; return 'told'; } toString() { trap++; return 'u'; } toJSON() { trap++; return {}; } }
const traps = new Proxy({}, { get() { trap++; return 1; }, has() { trap++; return true; }, ownKeys() { trap++; return []; }, getPrototypeOf() { trap++; return null; }, getOwnPropertyDescriptor() { trap++; } });
function play() { const user = new User('Ada'); user.traps = traps; for (let i = 0; i < 10; i++) { n++; move(user, i); } }
let last = performance.now(), slowest = 0;
setInterval(() => { const now = performance.now(); slowest = Math.max(slowest, now - last); last = now; }, 5);
setInterval(play, 100);
console.log('ready');
`;

/** A loop that hardly rests: 400,000 calls of `step` a second or so. Writes into the file of its first argument, five times a second: calls so far,
 *  microseconds of CPU so far, and the longest that 50 calls took in milliseconds, since the last time. */
export const hotText = `const { openSync, writeSync } = require('fs');
function step(i) {
  let x = i;
  for (let k = 0; k < 440; k++) x = (x * 1103515245 + 12345) & 0x7fffffff;
  return x;
}
const file = openSync(process.argv[2], 'w');
let calls = 0, kept = 0;
function some() { for (let i = 0; i < 50; i++) kept ^= step(i); calls += 50; }
function run() {
  let slowest = 0;
  for (let now = performance.now(), end = now + 200, before = now; now < end; before = now) { some(); now = performance.now(); slowest = Math.max(slowest, now - before); }
  const { user, system } = process.cpuUsage();
  writeSync(file, [calls, user + system, slowest.toFixed(3)].join(' ').padEnd(60), 0);
  setImmediate(run);
}
run();
console.log('ready');
`;

/** Compiles src/hanoi.ts to dist/hanoi.js; the original's lines are others than the script's. */
export const hanoiText = `interface Disk { readonly size: number }
type Tower = Disk[];

/** Moves them all. */
export function solve(disks: number, towers: readonly Tower[]): number {
  // one at a time
  if (disks === 0) return 0;
  const moves: number = solve(disks - 1, towers) * 2;
  return moves + 1;
}
setInterval(() => { solve(3, [[{ size: 1 }]]); }, 100);
console.log('ready');
`;
