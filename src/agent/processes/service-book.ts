// Which process is which service, as their telemetry says it: `service.name` beside `process.pid` in resource attributes. Anybody who can send
// telemetry can say that, so a claim is only taken when the process was there already when it came, and does not call itself something else;
// and the first one stands for as long as the process lives. Claims are noted as they pass, and looked into later: /proc is never read on the way.
import { type Proc, ticksPerSecond, zeroSeparated } from './proc.ts';
import { serviceOfEnvironment } from './service-name.ts';

export interface ToldProcess { readonly pid: number; readonly startTicks: number; readonly service: string; /** `service.version`, from the first that said one. */ readonly version: string | null; /** It named this machine, too. */ readonly named: boolean; readonly lastSeenUnixMs: number }

/** Attributes of a resource, as the caller reads them from the wire; null when absent. */
export interface ToldResource { readonly service: string | null; readonly version: string | null; readonly pid: number | null; readonly hostName: string | null; readonly hostId: string | null; readonly containerId: string | null }

interface Options {
  readonly proc: Pick<Proc, 'stat' | 'text' | 'machine'>;
  /** Names and ids of this machine. */
  readonly hostNames: readonly string[];
  readonly nowUnixMs: () => number;
  readonly monotonicMs: () => number;
}

interface Claim { readonly pid: number; readonly service: string; readonly version: string | null; readonly named: boolean; readonly atMs: number }
interface Found { readonly startTicks: number; readonly ageMs: number; readonly ownService: string | null }

const [mostProcesses, mostClaims, mostRefused, mostContested, mostUnits] = [2000, 1024, 4096, 20, 255];
/** A claim that was not taken is not looked into again for so long. */
const refusedMs = 30_000;
const toldForMs = 60_000;
/** The kernel counts starts in hundredths of a second. */
const clockSlackMs = 50;

export class ServiceBook {
  readonly #byPid = new Map<number, { -readonly [Key in keyof ToldProcess]: ToldProcess[Key] }>();
  readonly #claims = new Map<string, Claim>();
  /** Claims that were not taken, and until when; the oldest first. */
  readonly #refused = new Map<string, number>();
  readonly #contested = new Map<number, string>();
  readonly #options: Options;
  #looking: Promise<void> | null = null;
  #floodedMs = -Infinity;
  /** Claims that came faster than they could be looked into, and those that the process or an earlier claim spoke against. */
  readonly counts = { passedOver: 0, contradicted: 0 };

  constructor(options: Options) { this.#options = options; }

  /** No input or output: to be called for each resource that passes. A pid inside a container is another one outside, so those with a
   *  container id are left to the process table, which reads the environment. */
  tell({ service, version: told, pid, hostName, hostId, containerId }: ToldResource): void {
    if (service === null || service.length > mostUnits || pid === null || containerId !== null || !this.#isHere(hostName) || !this.#isHere(hostId)) return;
    const version = told === null || told.length > mostUnits ? null : told;
    const named = hostName !== null || hostId !== null;
    const known = this.#byPid.get(pid);
    if (known?.service === service && (known.named || !named)) { known.lastSeenUnixMs = this.#options.nowUnixMs(); known.version ??= version; return; }
    const key = keyOf(pid, service, named);
    if (this.#claims.has(key) || this.#isRefused(key)) return;
    if (this.#claims.size >= mostClaims) { this.passOver(); return; }
    this.#claims.set(key, { pid, service, version, named, atMs: this.#options.monotonicMs() });
  }

  /** Somebody tells more than can be looked into. */
  passOver(): void {
    this.counts.passedOver++;
    this.#floodedMs = this.#options.monotonicMs();
  }

  /** Looks into what was told since. Whoever asks for services calls it first; a second caller waits for the same look. */
  look(): Promise<void> {
    this.#looking ??= this.#lookIntoAll().finally(() => { this.#looking = null; });
    return this.#looking;
  }

  told(pid: number, startTicks: number): ToldProcess | null {
    const told = this.#byPid.get(pid);
    return told?.startTicks === startTicks ? told : null;
  }

  /** When the process began of which this was told; null when nothing was. */
  startOf(pid: number, service: string): number | null {
    const told = this.#byPid.get(pid);
    return told?.service === service ? told.startTicks : null;
  }

  forget(pid: number): void {
    this.#byPid.delete(pid);
    this.#contested.delete(pid);
  }

  all(): readonly ToldProcess[] { return [...this.#byPid.values()]; }

  /** In words: processes that telemetry gives several names, and more claims than could be looked into since a minute. */
  problems(): string[] {
    const flooded = this.#options.monotonicMs() - this.#floodedMs < toldForMs;
    return [...this.#contested.values(), ...(flooded ? [`Telemetry names more processes than can be looked into (${this.counts.passedOver} claims were passed over): some processes may lack their service. OTEL_SERVICE_NAME in their environment settles it.`] : [])];
  }

  async #lookIntoAll(): Promise<void> {
    const claims = new Map(this.#claims);
    this.#claims.clear();
    for (const [key, claim] of claims) {
      if (!this.#take(claim, await this.#find(claim.pid))) this.#refuse(key);
    }
  }

  #take({ pid, service, version, named, atMs }: Claim, found: Found | null): boolean {
    // Younger than what was told of it: another process has the pid now.
    if (found === null || found.ageMs + clockSlackMs < this.#options.monotonicMs() - atMs) return false;
    if (found.ownService !== null && found.ownService !== service) { this.counts.contradicted++; return false; }
    const known = this.#byPid.get(pid);
    if (known?.startTicks === found.startTicks && known.service !== service && (known.named || !named)) { this.#contest(pid, known.service, service); return false; }
    if (known === undefined) this.#makeRoom();
    this.#byPid.set(pid, { pid, startTicks: found.startTicks, service, version, named, lastSeenUnixMs: this.#options.nowUnixMs() });
    return true;
  }

  async #find(pid: number): Promise<Found | null> {
    const { proc } = this.#options;
    const [stat, uptime] = [await proc.stat(pid), Number.parseFloat(await proc.machine('uptime') ?? '')];
    if (stat === null || !Number.isFinite(uptime)) return null;
    const ownService = serviceOfEnvironment(zeroSeparated(await proc.text(pid, 'environ') ?? ''));
    return { startTicks: stat.startTicks, ageMs: uptime * 1000 - stat.startTicks * 1000 / ticksPerSecond, ownService };
  }

  #contest(pid: number, stands: string, other: string): void {
    this.counts.contradicted++;
    if (this.#contested.size < mostContested || this.#contested.has(pid)) this.#contested.set(pid, `Telemetry says of process ${pid} that it is ${stands.slice(0, 80)} and that it is ${other.slice(0, 80)}; the first stands. OTEL_SERVICE_NAME in its environment settles it.`);
  }

  #isRefused(key: string): boolean { return (this.#refused.get(key) ?? -Infinity) > this.#options.monotonicMs(); }

  #refuse(key: string): void {
    this.#refused.delete(key);
    const [oldest] = this.#refused.keys();
    if (this.#refused.size >= mostRefused && oldest !== undefined) this.#refused.delete(oldest);
    this.#refused.set(key, this.#options.monotonicMs() + refusedMs);
  }

  #isHere(host: string | null): boolean { return host === null || this.#options.hostNames.includes(host); }

  #makeRoom(): void {
    if (this.#byPid.size < mostProcesses) return;
    let oldest: ToldProcess | null = null;
    for (const told of this.#byPid.values()) if (oldest === null || told.lastSeenUnixMs < oldest.lastSeenUnixMs) oldest = told;
    if (oldest !== null) this.forget(oldest.pid);
  }
}

const keyOf = (pid: number, service: string, named: boolean): string => `${pid} ${named ? 'here' : 'anywhere'} ${service}`;
