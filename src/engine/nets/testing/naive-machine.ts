// A state machine written down as plainly as possible, to set the real one against: no filter, no heap, no windows kept by hand. It looks at
// every record and at every timer each time.

export interface PlainTransition { readonly name: string; readonly over: number; readonly count: number; readonly withinMs: number | null; readonly to: string }
export interface PlainState { readonly name: string; readonly on: readonly PlainTransition[]; readonly after: { readonly ms: number; readonly to: string } | null; readonly actions: readonly string[] }
export interface PlainLimits { readonly actions: number; readonly perMs: number; readonly cooldownMs: number }
export interface PlainRecord { readonly name: string; readonly key: string; readonly value: number; readonly atMs: number }

interface Key { state: PlainState; sinceMs: number; matches: number[][] }

/** Lines such as `a: idle -> stuck`, `a: run cpu-sample`, `a: not run cpu-sample`. A guard is `name == … and value > over`. */
export function naiveRun(states: readonly PlainState[], limits: PlainLimits, records: readonly PlainRecord[], untilMs: number): readonly string[] {
  const told: { readonly atMs: number; readonly key: string; readonly line: string }[] = [];
  const keys = new Map<string, Key>();
  const starts: { readonly action: string; readonly atMs: number }[] = [];
  const stateOf = (name: string): PlainState => states.find((state) => state.name === name)!;
  const fresh = (state: PlainState, atMs: number): Key => ({ state, sinceMs: atMs, matches: state.on.map(() => []) });
  let nowMs = 0;
  /** Limits go by the time at which somebody looks. */
  let wallMs = 0;

  function enter(id: string, to: string, atMs: number): void {
    const before = keys.get(id)!;
    told.push({ atMs, key: id, line: `${id}: ${before.state.name} -> ${to}` });
    const next = fresh(stateOf(to), atMs);
    keys.set(id, next);
    for (const action of next.state.actions) {
      const recent = starts.filter((one) => wallMs - one.atMs < limits.perMs);
      const last = starts.findLast((one) => one.action === action);
      const may = recent.length < limits.actions && (last === undefined || wallMs - last.atMs >= limits.cooldownMs);
      if (may) starts.push({ action, atMs: wallMs });
      told.push({ atMs, key: id, line: `${id}: ${may ? 'run' : 'not run'} ${action}` });
    }
  }

  function timersUntil(untilTimeMs: number): void {
    for (;;) {
      const due = [...keys].filter(([, { state, sinceMs }]) => state.after !== null && sinceMs + state.after.ms <= untilTimeMs).sort((a, b) => a[1].sinceMs + a[1].state.after!.ms - b[1].sinceMs - b[1].state.after!.ms);
      if (due.length === 0) break;
      const [id, { state, sinceMs }] = due[0]!;
      enter(id, state.after!.to, sinceMs + state.after!.ms);
    }
    nowMs = untilTimeMs;
  }

  for (const { name, key, value, atMs } of records) {
    wallMs = atMs;
    if (atMs > nowMs) timersUntil(atMs);
    const known = keys.get(key) ?? fresh(states[0]!, nowMs);
    for (const [i, { name: wanted, over, count, withinMs, to }] of known.state.on.entries()) {
      if (name !== wanted || value <= over) continue;
      keys.set(key, known);
      known.matches[i] = [...known.matches[i]!, nowMs].filter((at) => withinMs === null || nowMs - at <= withinMs).slice(-count);
      if (known.matches[i]!.length >= count) { enter(key, to, nowMs); break; }
    }
  }
  wallMs = Math.max(nowMs, untilMs);
  timersUntil(wallMs);
  return told.map(({ atMs, line }) => `${atMs} ${line}`);
}
