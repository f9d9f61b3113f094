// Expected failures of the API: one catalogue of codes with status and what to do next, sent as model/api.ts `apiError`.
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Failure, Result } from '../../base/index.ts';
import type { ApiError, RuleDiagnostic } from '../../model/index.ts';

const catalogue = {
  'auth.required': [401, 'Open the address that `weir up` printed, or send `Authorization: Bearer <token>`.'],
  'auth.agent': [401, 'Start the agent with the agent token of this server.'],
  'auth.host': [421, 'Use localhost or 127.0.0.1, or start the server with this name among its allowed hosts.'],
  'auth.origin': [403, 'Use the console that this server serves, or send `Authorization: Bearer <token>` without a cookie.'],
  'auth.forbidden': [403, 'Ask someone who holds this permission to do it, or to grant it.'],
  'request.invalid': [400, 'Correct the fields named in `issues`; the shapes are in /api/v1/openapi.json.'],
  'request.malformed': [400, 'Send a JSON body with `Content-Type: application/json`.'],
  'request.address': [400, 'Correct the address: the routes are listed in /api/v1/openapi.json.'],
  'request.too-large': [413, 'Send less: the body may have at most 1 MiB.'],
  'request.rate': [429, 'Wait for the seconds in the Retry-After header.'],
  'route.unknown': [404, 'The routes are listed in /api/v1/openapi.json.'],
  'rule.unknown': [404, 'List the rules with GET /api/v1/rules; it may have been deleted.'],
  'rule.version-unknown': [404, 'The versions of a rule are listed with GET /api/v1/rules/{id}.'],
  'rule.over': [409, 'Deploy it without `expiresAt`: then it runs for as long as its text says.'],
  'rule.name-taken': [409, 'Choose another name, or save a new version of the rule that has it.'],
  'rule.deployed': [409, 'Disable the rule first, or send DELETE with ?force=true to disable and delete it in one step.'],
  'rule.not-deployed': [409, 'Only a deployed rule can be disabled; this one has never been deployed.'],
  'rule.does-not-compile': [422, 'Correct the text at the positions in `diagnostics`, save a new version and deploy that.'],
  'rule.unreadable': [422, 'Correct the text at the positions in `diagnostics` and save again.'],
  'rule.location-not-armed': [422, 'Set location: on-box, or leave the line out; or keep it as a draft.'],
  'rule.changed-meanwhile': [409, 'Look at the latest version, take over what you want to keep, and save again with its number as the base.'],
  'rule.too-costly': [422, 'Make its KQL shorter: split long lists of texts and large regular expressions into several rules.'],
  'rule.fleet-too-large': [409, 'Disable rules that are not needed, or shorten those with long lists of texts.'],
  'rule.undeployed-edits': [409, 'Deploy its latest version first, or save the deployed one as the latest; then change the order again.'],
  'agent.unknown': [404, 'List the agents with GET /api/v1/agents.'],
  'agent.away': [409, 'Wait until the agent has connected again: GET /api/v1/agents says which are; then try again.'],
  'agent.silent': [504, 'Try again. If it stays so, update the agent: an older version does not know this question.'],
  'agent.not-weir': [409, 'Choose an agent of Weir; another OpAMP agent takes no actions.'],
  'action.unknown': [404, 'List the actions with GET /api/v1/actions; it may be longer ago than the list keeps.'],
  'action.over': [409, 'Nothing needs to be done: it no longer runs.'],
  'probe.unknown': [404, 'List the probes with GET /api/v1/probes; it may be longer ago than the list keeps.'],
  'probe.over': [409, 'Nothing needs to be done: it is in no process any more.'],
  'rip-cord.pulled': [409, 'Release the rip cord first, when you are sure that the danger is over.'],
  'rip-cord.not-pulled': [409, 'Nothing needs to be done: it is not pulled there. An agent\'s own cord is released on its machine: weir agent ripcord --release.'],
  'artifact.unknown': [404, 'List the artifacts with GET /api/v1/artifacts; it may have been deleted, or been too old to keep.'],
  'artifact.not-there': [409, 'Wait until it has arrived; GET /api/v1/artifacts/{id} says how much of it is there.'],
  'artifact.lost': [410, 'Its file is gone from the server: bring it again where another copy exists, or delete the entry.'],
  'artifact.offset': [409, 'Go on at the offset of the Upload-Offset header of this answer.'],
  'artifact.hash': [422, 'Send it once more from its beginning; if the hash is wrong again, the file changed where it is.'],
  'artifact.too-large': [413, 'Raise the quota of artifacts (WEIR_ARTIFACTS_MAX_BYTES), or collect less at once.'],
  'artifact.quota': [507, 'Unpin or delete artifacts that are not needed, or raise the quota (WEIR_ARTIFACTS_MAX_BYTES).'],
  'artifact.disk-full': [507, 'Make room on the disk of the server\'s data directory (WEIR_DATA); what has arrived is kept, and uploads go on by themselves.'],
  'artifact.cut': [400, 'Send it again: the connection ended before the whole file had arrived.'],
  'artifact.busy': [503, 'Wait a moment and try again.'],
  'recorder.unknown': [404, 'List the recorders with GET /api/v1/recorders.'],
  'recorder.key': [422, 'Write one KQL expression over a record, such as ServiceName or Attributes["queue.name"].'],
  'recorder.name': [422, 'Write the same name in both.'],
  'recorder.too-many': [409, 'Delete definitions that are not needed.'],
  'alias.unknown': [404, 'List the aliases with GET /api/v1/aliases.'],
  'alias.known': [409, 'Nothing needs to be done.'],
  'alias.circle': [409, 'Take the alias back that leads the other way, then add this one.'],
  'alias.too-many': [409, 'Reject aliases of events that are gone.'],
  'view.unknown': [404, 'List the saved views with GET /api/v1/views; it may have been deleted.'],
  'view.name-taken': [409, 'Choose another name, or change the view that has it.'],
  'view.too-many': [409, 'Delete views that nobody opens.'],
  'alias.changed-meanwhile': [409, 'Look at what stands there now, and decide again.'],
  'view.changed-meanwhile': [409, 'Look at it as it is now, take over what you want to keep, and save again with that as the base.'],
  'theme.changed-meanwhile': [409, 'Look at it as it is now, take over what you want to keep, and save again with that as the base.'],
  'prices.changed-meanwhile': [409, 'Look at the prices as they are now, take over what you want to keep, and save again with those as the base.'],
  'view.file': [422, 'Correct what `issues` name: the file, and the field in it. A view as a file looks as GET /api/v1/views/export prints it.'],
  'theme.unknown': [404, 'List the themes with GET /api/v1/themes; it may have been deleted.'],
  'theme.name-taken': [409, 'Choose another name, or change the theme that has it.'],
  'theme.schedule': [422, 'Write times such as 09:00 and 17:30, and a zone such as Europe/Berlin.'],
  'theme.too-large': [422, 'Make several themes of it.'],
  'theme.too-many': [409, 'Delete themes that nobody switches.'],
  'event.unknown': [404, 'List the events with GET /api/v1/events; the rarest are folded together when there are too many.'],
  'suggestion.unknown': [404, 'List the suggestions with GET /api/v1/cost/suggestions; they follow what is measured.'],
  'incident.unknown': [404, 'List the incidents with GET /api/v1/incidents.'],
  'incident.closed': [409, 'Reopen it first, or open another one; one that was imported stays as it came.'],
  'incident.full': [409, 'Close this incident and open another one.'],
  'bundle.invalid': [422, 'Export the bundle again where it came from, and bring that file unchanged.'],
  'redaction.source-unknown': [404, 'List the sources with GET /api/v1/redaction/sources; it may be longer ago than the audit keeps.'],
  'canary.running': [409, 'Wait until it has finished: GET /api/v1/redaction/canary says how far it is.'],
  'canary.no-agent': [409, 'Start an agent, wait until it has connected, and run the canary again.'],
  'demo.absent': [404, 'Start Weir with its demo shop: `weir up` without --no-demo.'],
  'demo.unreachable': [502, 'Wait a moment for the demo shop to start; if it does not, restart `weir up`.'],
  'demo.fault-unknown': [404, 'List the faults with GET /api/v1/demo/faults.'],
  'console.missing': [503, 'Build it with `npm run build`, or start with `npm start`, which builds it.'],
  'compiler.unavailable': [503, 'Try again; if it stays so, restart the server and look at its log.'],
  'internal': [500, 'Try again; if it stays so, look at the server log for the request id.'],
} as const satisfies Record<string, readonly [status: number, help: string]>;

export type ProblemCode = keyof typeof catalogue;
export interface Problem extends Failure {
  readonly code: ProblemCode; readonly help: string;
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
  readonly diagnostics?: readonly RuleDiagnostic[];
}

export function problem(code: ProblemCode, message: string, more: Pick<Problem, 'issues' | 'diagnostics'> = {}): Problem {
  return { code, message, help: catalogue[code][1], ...more };
}

/** The same as a failed Result, for services that return one. */
export const refuse = (code: ProblemCode, message: string, more?: Pick<Problem, 'issues' | 'diagnostics'>): Result<never, Problem> =>
  ({ ok: false, error: problem(code, message, more) });

export const statusOf = (code: ProblemCode): number => catalogue[code][0];

export function invalid(error: z.ZodError, where: string): Problem {
  const issues = error.issues.map((issue) => ({ path: [where, ...issue.path.map(String)].join('.'), message: issue.message }));
  return problem('request.invalid', `The ${where} of this request is not valid: ${issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ')}`, { issues });
}

/** As the API sends it. */
export const apiProblem = (error: Problem): ApiError['error'] => ({ ...error, issues: error.issues?.slice(), diagnostics: error.diagnostics?.slice() });

export function sendProblem(reply: FastifyReply, error: Problem): FastifyReply {
  const body: ApiError = { error: apiProblem(error) };
  return reply.code(statusOf(error.code)).header('cache-control', 'no-store').send(body);
}
