// Secrets known by the structure around them: keys, tokens, headers, connection strings, names that say secret.
import type { Detector } from '../../types.ts';
import { secretAssignment } from './assignment.ts';
import { commandLine } from './command-line.ts';
import { connectionString, databaseDsn } from './connections.ts';
import { fileDetectors } from './files.ts';
import { headerDetectors } from './headers.ts';
import { basicAuth, bearer, urlCredentials } from './http-auth.ts';
import { jwe, jwt, kubernetesToken } from './jwt.ts';
import { keyDetectors } from './keys.ts';
import { namedSecrets } from './named-secrets.ts';
import { passwordHash } from './password-hash.ts';
import { privateKey } from './private-key.ts';
import { urlQuery } from './url-query.ts';

export const structuralDetectors: readonly Detector[] = [
  privateKey, ...keyDetectors, jwt, jwe, kubernetesToken, bearer, basicAuth, ...headerDetectors,
  urlCredentials, urlQuery, connectionString, databaseDsn, ...fileDetectors, commandLine, passwordHash, ...namedSecrets, secretAssignment,
];
