// The BFF without its HTTP face: store, rules, fleet and tails, wired together.
import { join } from 'node:path';
import type { AgentConfig } from '../model/index.ts';
import { ActionService } from './actions/index.ts';
import { Aliases, Renames, UserBook, Views } from './durability/index.ts';
import { ArtifactService, type ArtifactBounds } from './artifacts/index.ts';
import { CostService } from './cost/index.ts';
import { bearsField, EventService, notingCompiler, seenTimes, TemplateExchange } from './events/index.ts';
import { Fleet, isOffOnAll, ruleMeasurer, ruleTotals } from './fleet/index.ts';
import { IncidentService } from './incidents/index.ts';
import type { Random } from './options.ts';
import type { KqlCompiler } from './ports/compiler.ts';
import { KeyPeriods, RedactionService, ToldNames } from './redaction/index.ts';
import { ProbeLooks, ProbeService } from './probes/index.ts';
import { RecorderDefinitions } from './recorders/index.ts';
import { Breaches, Conflicts, Notices, RuleService, RuleShows, tellExpired } from './rules/index.ts';
import { RipCordService } from './rip-cord/index.ts';
import { NetService } from './nets/index.ts';
import { openStore, type Store } from './store/index.ts';
import { TailHub } from './tail/index.ts';
import { Themes } from './themes/index.ts';

export interface Services {
  readonly store: Store; readonly fleet: Fleet; readonly aliases: Aliases; readonly renames: Renames; readonly views: Views; readonly themes: Themes; readonly rules: RuleService; readonly shows: RuleShows; readonly notices: Notices; readonly breaches: Breaches; readonly tails: TailHub; readonly redaction: RedactionService;
  readonly artifacts: ArtifactService; readonly actions: ActionService; readonly incidents: IncidentService; readonly recorders: RecorderDefinitions; readonly nets: NetService; readonly probes: ProbeService; readonly looks: ProbeLooks; readonly cord: RipCordService; readonly events: EventService; readonly cost: CostService;
  readonly nowMs: () => number;
  /** Once a second: runs nobody speaks of, rates of incidents, what is too old to keep. */
  tick(): void;
  /** Ends background work and writes down what is left; then the store may close. */
  stop(): Promise<void>;
}

export interface ServiceOptions {
  readonly dataDir: string; readonly compiler: KqlCompiler; readonly random: Random; readonly nowMs: () => number;
  readonly maxTails?: number; readonly artifactBounds?: Partial<ArtifactBounds> | undefined; readonly onError: (error: unknown) => void;
}

export async function openServices({ dataDir, compiler, random, nowMs, maxTails, artifactBounds, onError }: ServiceOptions): Promise<Services> {
  const store = await openStore(join(dataDir, 'weir.sqlite'));
  const fleet = new Fleet({ store: store.agents, nowMs, onError, u32: () => random.u32() });
  await fleet.load();
  const templates = new TemplateExchange({ fleet, store });
  await templates.load();
  const notices = new Notices({ newId: () => random.id(), nowMs });
  const breaches = new Breaches({ store, notices, nowMs, onError });
  await breaches.load();
  const rules = new RuleService({
    store, compiler, nowMs, onError, newId: () => random.id(), isBroken: (rule) => breaches.of(rule).length > 0,
    onExpired: (ended) => { tellExpired(notices, ended); },
    target: { publish: (config) => { fleet.publish(config); }, totalsOf: ({ id, deployment }) => fleet.ruleBook.totals(id, deployment), templatesOf: (ids) => templates.partOf(ids) },
  });
  await rules.load();
  fleet.onStatus((agent, status) => {
    breaches.note({ id: agent.id, name: agent.name, upToDate: agent.report.configStatus === 'applied' && agent.report.configHash === fleet.intended.hash }, status.rules, fleet.intended.byId);
  });
  const recorders = new RecorderDefinitions({ store, compiler, now: () => new Date(nowMs()).toISOString(), republish: (change) => rules.republish(change) });
  await recorders.load();
  const shows = new RuleShows({
    store, breaches, conflicts: new Conflicts({ compiler, nowMs, onError, isOff: (rule) => isOffOnAll(fleet, rule.id, breaches.of(rule)), book: () => aliases.book }), measurer: () => ruleMeasurer(fleet, nowMs()), measuredStamp: () => `${fleet.stamp} ${Math.floor(nowMs() / 1000)}`, readTotals: (stored) => ruleTotals.safeParse(stored).data ?? null,
  });
  const toldNames = new ToldNames();
  const aliases = new Aliases({ store, now: () => new Date(nowMs()).toISOString(), newId: () => random.id(), republish: (change) => rules.republish(change), running: () => fleet.intended.config, told: (name, service, as) => toldNames.tell(name, service, as), seen: (names) => seenTimes(events.book, names) });
  await aliases.load();
  const users = new UserBook({ store, stamp: () => [aliases.book, recorders.all] });
  const events = new EventService({ fleet, store, aliases, users, templates, nowMs, onError });
  await events.load();
  const cost = new CostService({ events, fleet, store, rules, nowMs, onError, names: aliases });
  await cost.load();
  const views = new Views({ store, compiler, now: () => new Date(nowMs()).toISOString(), newId: () => random.id(), names: () => aliases });
  await views.load();
  const themes = new Themes({ store, rules, nowMs, onError, newId: () => random.id(), costOf: (members) => cost.costOf(members), events: () => events.book.events(), book: () => aliases.book });
  await themes.load();
  const renames = new Renames({ store, compiler, views, recorders, rules, users, names: () => aliases, bears: (event, field) => bearsField(events.book, event, field) });
  const tails = new TailHub({ fleet, compiler: notingCompiler(compiler, (plan) => { events.noteRead(plan); }), names: () => aliases.book, nowMs, firstSubscription: random.u32(), ...(maxTails !== undefined && { maxTails }) });
  aliases.onChange(() => { tails.renamed(); });
  const redaction = new RedactionService({ fleet, store, keys: KeyPeriods.of(dataDir), nowMs, onError, newId: () => random.id(), u32: () => random.u32() });
  await redaction.load();
  const tellNames = (config: AgentConfig): void => {
    if (!toldNames.watch(config)) return;
    aliases.tellAgain().catch(onError);
    redaction.renameSources((name, service, as) => toldNames.tell(name, service, as));
  };
  fleet.onPublish(tellNames);
  tellNames(fleet.intended.config);
  const artifacts = await ArtifactService.open({ dataDir, store, nowMs, bounds: artifactBounds, onError });
  const actions = new ActionService({ fleet, store, nowMs, onError, newId: () => random.id() });
  await actions.load();
  const incidents = new IncidentService({ fleet, store, actions, artifacts, nowMs, onError, newId: () => random.id() });
  incidents.onFiring = (agent, fired) => themes.fired(agent.name, fired);
  await incidents.load();
  const nets = new NetService({ fleet, nowMs });
  const cord = new RipCordService({ fleet, store, nowMs, onError });
  await cord.load();
  const agent = (id: string) => actions.agent(id);
  const probes = new ProbeService({ fleet, store, nowMs, onError, newId: () => random.id(), agent, cord: cord.pullOf });
  await probes.load();
  const looks = new ProbeLooks({ asks: actions.asks, agent, store, nowMs });
  const tick = (): void => { actions.tick(); incidents.tick(); artifacts.tick(); probes.tick(); events.tick(); cost.tick(); themes.tick(); };
  const stop = async (): Promise<void> => {
    await artifacts.stop();
    await actions.stop();
    await incidents.settled();
    await themes.settled();
    await probes.stop();
    await cord.settled();
    await events.stop();
    await cost.stop();
    await fleet.stop();
    await breaches.settled();
    await redaction.stop();
  };
  return { store, fleet, aliases, renames, views, themes, rules, shows, notices, breaches, tails, redaction, artifacts, actions, incidents, recorders, nets, probes, looks, cord, events, cost, nowMs, tick, stop };
}
