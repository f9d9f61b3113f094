// The static probe `syslog`: UDP, TCP or both. It has no position: TCP senders are told to stop and reconnect, so that a clean stop loses nothing
// that was sent to it; what UDP sends meanwhile nobody hears.
import { failure, ok, type Result } from '../../../../base/index.ts';
import type { ActionProblem, SyslogSpec } from '../../../../model/index.ts';
import type { StaticFigures, StaticPorts, StaticProbe } from '../../contract.ts';
import { counted } from '../counted.ts';
import { HandOver } from '../hand-over.ts';
import { Intake } from './intake.ts';
import { TcpDoor, tcpBounds } from './tcp.ts';
import { UdpDoor } from './udp.ts';

const graceMs = 3000;
type Started = Result<{ readonly means: string; readonly resolved: string | null }>;

/** `bounds`: of connections; for tests. */
export function syslogProbe(spec: SyslogSpec, ports: StaticPorts, bounds: { readonly connections: number; readonly idleMs: number } = tcpBounds): StaticProbe {
  return new SyslogProbe(spec, ports, bounds);
}

class SyslogProbe implements StaticProbe {
  readonly #spec: SyslogSpec;
  readonly #handOver: HandOver;
  readonly #intake: Intake;
  readonly #tcp: TcpDoor | null;
  readonly #udp: UdpDoor | null;
  #resolved: string[] = [];
  #stopped: Promise<void> | null = null;

  constructor(spec: SyslogSpec, ports: StaticPorts, bounds: { readonly connections: number; readonly idleMs: number }) {
    this.#spec = spec;
    this.#handOver = new HandOver(ports);
    this.#intake = new Intake({ handOver: this.#handOver, probe: ports.probe, nowUnixMs: ports.nowUnixMs, hostName: ports.hostName }, () => { this.#tcp?.resume(); });
    this.#tcp = spec.tcp === undefined ? null : new TcpDoor(this.#intake, { ...bounds, maxMessageBytes: spec.maxMessageBytes });
    this.#udp = spec.udp === undefined ? null : new UdpDoor(this.#intake, spec.maxMessageBytes, spec.udp.host);
  }

  async start(): Promise<Started> {
    if (this.#spec.tcp === undefined && this.#spec.udp === undefined) return failure('probe.no-address', 'The syslog probe has neither a UDP nor a TCP address to listen on.', 'Give it `udp`, `tcp` or both, each with a port.');
    for (const [name, door, address] of [['TCP', this.#tcp, this.#spec.tcp], ['UDP', this.#udp, this.#spec.udp]] as const) {
      if (door === null || address === undefined) continue;
      try {
        this.#resolved.push(`${name} ${address.host}:${await door.listen(address.host, address.port)}`);
      } catch (failed) {
        await this.stop();
        return listenProblem(name, address, failed as NodeJS.ErrnoException);
      }
    }
    return ok({ means: 'syslog receiver (RFC 5424 and RFC 3164)', resolved: this.#resolved.join(', ') });
  }

  stop(): Promise<void> { return this.#stopped ??= this.#stop(); }

  async #stop(): Promise<void> {
    this.#handOver.stop(graceMs);
    await Promise.all([this.#tcp?.close(), this.#udp?.close().catch(() => undefined)]);
    await this.#intake.finish();
  }

  /** It has no position: what is sent is sent once. */
  settle(): Promise<void> { return Promise.resolve(); }

  figures(): StaticFigures {
    const { malformed, cut, waiting } = this.#intake;
    const [shed, byKernel, refused] = [this.#udp?.dropped ?? 0, this.#udp?.droppedByKernel ?? 0, this.#tcp?.refused ?? 0];
    const standing = [
      this.#resolved.length === 0 ? 'not listening' : this.#resolved.join(', '), this.#tcp !== null && counted(this.#tcp.connections, 'connection'), waiting > 0 && `${waiting} waiting`,
      malformed > 0 && `${malformed} malformed, kept as they are`, cut > 0 && `${cut} cut at ${this.#spec.maxMessageBytes} bytes`, shed > 0 && `${shed} shed by UDP`, byKernel > 0 && `${byKernel} shed by the kernel`, refused > 0 && `${refused} connections refused`,
    ];
    return {
      records: this.#handOver.records, dropped: this.#intake.dropped + shed + byKernel, problem: this.#problem(refused), lastUnixMs: this.#handOver.lastUnixMs,
      standing: standing.filter((part) => part !== false).join('; '), waiting: this.#handOver.waiting, latest: this.#handOver.latest,
    };
  }

  #problem(refused: number): ActionProblem | null {
    return refused === 0 ? null : { code: 'probe.too-many-connections', message: `${refused} connections were refused: more than ${tcpBounds.connections} at a time.`, help: 'Let a relay (rsyslog, syslog-ng) gather the senders.' };
  }
}

function listenProblem(name: string, { host, port }: { readonly host: string; readonly port: number }, failed: NodeJS.ErrnoException): Started {
  const where = `${name} port ${port} on ${host}`;
  if (failed.code === 'EADDRINUSE') return failure('probe.port-taken', `${where} is taken by another program.`, 'Stop that program or choose another port; 0 takes any free one.');
  if (failed.code === 'EACCES') return failure('probe.no-permission', `This user may not listen on ${where}.`, 'Choose a port above 1023, or give the agent CAP_NET_BIND_SERVICE.');
  return failure('probe.cannot-listen', `The agent cannot listen on ${where}: ${failed.message}.`, 'Use an address of this machine, such as 127.0.0.1 or 0.0.0.0.');
}
