// What the path of a file says about where its lines come from. Formats: kubelet's log directories, /var/log/pods/NAMESPACE_POD_UID/CONTAINER/RESTARTS.log
// and /var/log/containers/POD_NAMESPACE_CONTAINER-ID.log; Docker's /var/lib/docker/containers/ID/ID-json.log.
import { basename } from 'node:path';
import type { Attributes, Resource } from '../record.ts';

export interface Source { readonly resource: Resource; readonly attributes: Attributes }

const podForm = /\/pods\/([^/_]+)_([^/_]+)_([^/]+)\/([^/]+)\/(\d+)\.log[^/]*$/;
const containerForm = /\/containers\/([^/_]+)_([^/_]+)_([^/]+)-([0-9a-f]{64})\.log$/;
const dockerForm = /\/containers\/([0-9a-f]{64})\/\1-json\.log[^/]*$/;

/** `path` as it was asked for, `real` where links lead: both may say something. */
export function sourceOf(path: string, real: string, hostName: string, serviceName: string | undefined): Source {
  const container = { ...ofPod(real), ...ofPod(path), ...ofContainer(path), ...ofDocker(real) };
  const resource: Resource = { 'service.name': serviceName ?? (container['k8s.container.name'] as string | undefined), 'host.name': hostName, ...container };
  return { resource, attributes: { 'log.file.name': basename(path), 'log.file.path': path } };
}

function ofPod(path: string): Resource {
  const found = podForm.exec(path);
  return found === null ? {} : { 'k8s.namespace.name': found[1], 'k8s.pod.name': found[2], 'k8s.pod.uid': found[3], 'k8s.container.name': found[4], 'k8s.container.restart_count': Number(found[5]) };
}

function ofContainer(path: string): Resource {
  const found = containerForm.exec(path);
  return found === null ? {} : { 'k8s.pod.name': found[1], 'k8s.namespace.name': found[2], 'k8s.container.name': found[3], 'container.id': found[4] };
}

function ofDocker(path: string): Resource {
  const found = dockerForm.exec(path);
  return found === null ? {} : { 'container.id': found[1] };
}
