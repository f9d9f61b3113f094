// Where the OpenTelemetry API keeps what an app registers: properties of globalThis under well-known symbols, the same for CommonJS,
// ES modules and bundles. They are made accessors, so that a provider is seen the moment it is registered and not looked for.
import type { LoggerProvider, MeterProvider, TracerProvider } from './shapes.ts';

/** @opentelemetry/api 1.x: one object with a property per signal. */
export const apiKey = Symbol.for('opentelemetry.js.api.1');
/** @opentelemetry/api-logs, before logs came to the API: a function of the version that is asked for. */
const logsKey = Symbol.for('io.opentelemetry.js.api.logs');
const logsVersion = 1;

export interface Seen {
  logs(provider: LoggerProvider): void;
  traces(provider: TracerProvider): void;
  metrics(provider: MeterProvider): void;
}

type Keyed = Record<string | symbol, unknown>;

/** Tells `seen` of every provider that is there or comes. `failed` hears what went wrong; it is never thrown at the app. */
export function watchApi(seen: Seen, failed: (error: unknown) => void, global: object = globalThis): void {
  const guarded = (look: (value: unknown) => void) => (value: unknown): void => { try { if (value !== undefined && value !== null) look(value); } catch (error) { failed(error); } };
  const guardedWatch = (target: object, key: string | symbol, look: (value: unknown) => void): void => { try { watch(target as Keyed, key, guarded(look)); } catch (error) { failed(error); } };
  guardedWatch(global, apiKey, (api) => {
    guardedWatch(api as object, 'logs', (provider) => { seen.logs(provider as LoggerProvider); });
    guardedWatch(api as object, 'metrics', (provider) => { seen.metrics(provider as MeterProvider); });
    guardedWatch(api as object, 'trace', (provider) => { delegateOf(provider, guarded((one) => { seen.traces(one as TracerProvider); })); });
  });
  guardedWatch(global, logsKey, (getter) => { if (typeof getter === 'function') seen.logs((getter as (version: number) => LoggerProvider)(logsVersion)); });
}

/** Looks at the value that is there, and at each that comes. */
function watch(target: Keyed, key: string | symbol, look: (value: unknown) => void): void {
  const known = Object.getOwnPropertyDescriptor(target, key);
  if (known?.configurable === false) { look(target[key]); return; }
  let value = target[key];
  Object.defineProperty(target, key, { configurable: true, enumerable: known?.enumerable ?? true, get: () => value, set: (next: unknown) => { value = next; look(next); } });
  look(value);
}

interface ProxyProvider { setDelegate?(delegate: unknown): void; getDelegate?(): unknown }

/** The API registers a proxy for traces, and gives it the real provider afterwards. */
function delegateOf(provider: unknown, look: (value: unknown) => void): void {
  const proxy = provider as ProxyProvider;
  const set = proxy.setDelegate;
  if (typeof set !== 'function') { look(provider); return; }
  proxy.setDelegate = function setDelegate(this: ProxyProvider, delegate: unknown): void { set.call(this, delegate); look(delegate); };
  look(proxy.getDelegate?.());
}
