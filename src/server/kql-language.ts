import { createKqlLanguage, type KqlLanguage } from '../kql/index.ts';
import { detectorList } from '../redaction/index.ts';
import { loadKusto } from './kql/index.ts';

/** The KQL language service in this thread, for one-shot tools; costs 0.3 s and 60 MB at the first call. The BFF itself compiles in a worker. */
export function loadKqlLanguage(): Promise<KqlLanguage> { return language ??= Promise.resolve(createKqlLanguage(loadKusto(), detectorList)); }

let language: Promise<KqlLanguage> | null = null;
