// Attributes of the semantic conventions that applications meet most, with the type of each, and names that people give to the same thing.
// Types: s string, l whole number, r number with a fraction, b bool, d list. Registry: deprecated.ts.
import type { FieldType } from '../../model/index.ts';
import { registryPage } from './deprecated.ts';

const types: Readonly<Record<string, readonly FieldType[]>> = { s: ['string'], l: ['long'], r: ['real', 'long'], b: ['bool'], d: ['dynamic'] };

const groups: Readonly<Record<string, string>> = {
  http: 's http.request.method, s http.request.method_original, s http.route, l http.response.status_code, l http.request.body.size, l http.response.body.size, l http.request.size, l http.response.size, l http.request.resend_count, s http.connection.state',
  url: 's url.full, s url.path, s url.query, s url.scheme, s url.fragment, s url.domain, s url.template, l url.port',
  server: 's server.address, l server.port',
  client: 's client.address, l client.port',
  network: 's network.peer.address, l network.peer.port, s network.local.address, l network.local.port, s network.protocol.name, s network.protocol.version, s network.transport, s network.type, s network.connection.type, s network.io.direction',
  'user-agent': 's user_agent.original, s user_agent.name, s user_agent.version',
  user: 's user.id, s user.name, s user.email, s user.full_name, s user.hash, d user.roles',
  session: 's session.id, s session.previous_id',
  db: 's db.system.name, s db.query.text, s db.query.summary, s db.namespace, s db.collection.name, s db.operation.name, l db.operation.batch.size, s db.response.status_code, l db.response.returned_rows, s db.stored_procedure.name, s db.client.connection.pool.name',
  messaging: 's messaging.system.name, s messaging.operation.name, s messaging.operation.type, s messaging.destination.name, s messaging.destination.partition.id, s messaging.destination.subscription.name, s messaging.consumer.group.name, s messaging.client.id, s messaging.message.id, s messaging.message.conversation_id, l messaging.message.body.size, l messaging.message.envelope.size, l messaging.batch.message_count, b messaging.destination.temporary, b messaging.destination.anonymous',
  rpc: 's rpc.system.name, s rpc.method, s rpc.status_code',
  code: 's code.file.path, l code.line.number, l code.column.number, s code.function.name, s code.stacktrace',
  exception: 's exception.type, s exception.message, s exception.stacktrace',
  error: 's error.type',
  service: 's service.name, s service.namespace, s service.version, s service.instance.id',
  deployment: 's deployment.environment.name, s deployment.id, s deployment.name, s deployment.status',
  host: 's host.name, s host.id, s host.type, s host.arch, d host.ip, d host.mac, s host.image.id',
  os: 's os.type, s os.name, s os.version, s os.description, s os.build_id',
  process: 'l process.pid, l process.parent_pid, s process.command, s process.command_line, d process.command_args, s process.executable.name, s process.executable.path, s process.owner, s process.runtime.name, s process.runtime.version, s process.runtime.description, l process.exit.code',
  thread: 'l thread.id, s thread.name',
  container: 's container.id, s container.name, s container.image.name, d container.image.tags, s container.runtime.name',
  k8s: 's k8s.cluster.name, s k8s.namespace.name, s k8s.node.name, s k8s.pod.name, s k8s.pod.uid, s k8s.container.name, l k8s.container.restart_count, s k8s.deployment.name, s k8s.replicaset.name, s k8s.statefulset.name, s k8s.daemonset.name, s k8s.job.name, s k8s.cronjob.name',
  cloud: 's cloud.provider, s cloud.region, s cloud.availability_zone, s cloud.account.id, s cloud.platform, s cloud.resource_id',
  faas: 's faas.name, s faas.version, s faas.instance, s faas.trigger, s faas.invocation_id, b faas.coldstart, l faas.max_memory',
  telemetry: 's telemetry.sdk.name, s telemetry.sdk.language, s telemetry.sdk.version, s telemetry.distro.name, s telemetry.distro.version',
  otel: 's otel.scope.name, s otel.scope.version, s otel.status_code, s otel.status_description',
  log: 's log.file.path, s log.file.name, s log.iostream, s log.record.uid, s log.record.original',
  'feature-flag': 's feature_flag.key, s feature_flag.result.variant, s feature_flag.result.reason, s feature_flag.provider.name, s feature_flag.context.id, s feature_flag.set.id, s feature_flag.version',
  graphql: 's graphql.operation.name, s graphql.operation.type, s graphql.document',
  dns: 's dns.question.name, d dns.answers',
  tls: 's tls.protocol.name, s tls.protocol.version, s tls.cipher, b tls.established, b tls.resumed',
  file: 's file.path, s file.name, s file.directory, s file.extension, l file.size',
  device: 's device.id, s device.manufacturer, s device.model.identifier, s device.model.name',
  browser: 'd browser.brands, s browser.language, b browser.mobile, s browser.platform',
  aws: 's aws.request_id, s aws.lambda.invoked_arn',
  cicd: 's cicd.pipeline.name, s cicd.pipeline.run.id, s cicd.pipeline.task.name',
  vcs: 's vcs.repository.name, s vcs.repository.url.full, s vcs.ref.head.name, s vcs.ref.head.revision',
  geo: 's geo.country.iso_code, s geo.continent.code, s geo.locality.name, s geo.postal_code, r geo.location.lat, r geo.location.lon',
};

export interface Convention { readonly types: readonly FieldType[]; readonly reference: string }

export const conventions: ReadonlyMap<string, Convention> = new Map(Object.entries(groups).flatMap(([group, list]) => list.split(', ').map((one): [string, Convention] => [one.slice(2), { types: types[one[0]!]!, reference: registryPage(group) }])));

/** Names by their words without what joins them: `userId`, `user_id`, `user-id` and `UserID` are all `userid`. The right one by meaning. */
const lookAlikes: Readonly<Record<string, string>> = {
  'user.id': 'userid uid customerid accountid memberid clientuserid', 'user.name': 'username loginname', 'user.email': 'useremail emailaddress email customeremail', 'user.roles': 'userroles userrole',
  'session.id': 'sessionid sid', 'http.request.method': 'httpmethod requestmethod httprequestmethod httpverb', 'http.response.status_code': 'statuscode httpstatus httpstatuscode responsestatus responsestatuscode responsecode httpcode',
  'http.route': 'httproute routepattern', 'url.full': 'requesturl httpurl fullurl url', 'url.path': 'urlpath requestpath httppath', 'url.query': 'querystring urlquery',
  'http.request.body.size': 'requestsize requestlength requestbytes', 'http.response.body.size': 'responsesize responselength responsebytes', 'user_agent.original': 'useragent httpuseragent',
  'client.address': 'clientip clientaddress remoteip remoteaddr remoteaddress sourceip srcip ipaddress', 'server.address': 'serverhost serveraddress serverip remotehost targethost', 'server.port': 'serverport remoteport targetport',
  'db.query.text': 'sqlquery sqltext sqlstatement querytext dbquery dbstatement sql', 'db.namespace': 'dbname databasename', 'db.collection.name': 'tablename dbtable collectionname', 'db.operation.name': 'dboperation sqloperation', 'db.system.name': 'dbsystem dbtype databasetype',
  'exception.type': 'exceptiontype exceptionclass errorclass errorname', 'exception.message': 'exceptionmessage errormessage errmsg errormsg', 'exception.stacktrace': 'stacktrace exceptionstacktrace errorstack backtrace', 'error.type': 'errortype errorcode errcode',
  'code.file.path': 'filepath sourcefile codefile srcfile', 'code.line.number': 'lineno linenumber lineno codeline', 'code.function.name': 'functionname funcname methodname codefunction',
  'service.name': 'servicename appname applicationname', 'service.version': 'serviceversion appversion applicationversion', 'service.instance.id': 'instanceid serviceinstance',
  'deployment.environment.name': 'environment env deploymentenvironment deployenv stage', 'host.name': 'hostname', 'process.pid': 'pid processid', 'thread.id': 'threadid tid', 'thread.name': 'threadname',
  'k8s.pod.name': 'podname k8spod kubernetespodname', 'k8s.namespace.name': 'podnamespace k8snamespace kubernetesnamespace', 'k8s.node.name': 'nodename k8snode', 'container.id': 'containerid', 'container.name': 'containername',
  'cloud.region': 'awsregion cloudregion region', 'cloud.availability_zone': 'availabilityzone az', 'messaging.message.id': 'messageid msgid', 'messaging.destination.name': 'topicname queuename topic queue', 'messaging.consumer.group.name': 'consumergroup consumergroupid',
  'feature_flag.key': 'featureflag featureflagkey flagkey', 'network.protocol.name': 'protocolname', 'network.protocol.version': 'protocolversion httpversion', 'faas.invocation_id': 'invocationid', 'aws.request_id': 'awsrequestid',
};

const joined = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const byWords: ReadonlyMap<string, string> = new Map(Object.entries(lookAlikes).flatMap(([name, alikes]) => [...alikes.split(' '), joined(name)].map((alike): [string, string] => [alike, name])));

/** The convention's name for what this name seems to mean; null when it is one already, or means nothing known. */
export function conventionFor(name: string): string | null {
  if (conventions.has(name)) return null;
  return byWords.get(joined(name)) ?? null;
}
